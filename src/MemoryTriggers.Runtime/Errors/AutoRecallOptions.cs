using System.ComponentModel.DataAnnotations;
using MemoryTriggers.Validation;

namespace MemoryTriggers;

/// <summary>The handling of an error that was remembered before.</summary>
/// <remarks>
/// Known errors are cached in memory: about 20 to 50 microseconds for the fingerprint, on the path of the exception only. For an error that
/// is not known there the store is asked, at most once a minute for each error, and the program waits for the answer no longer than
/// <see cref="Budget"/>.
/// </remarks>
public sealed class AutoRecallOptions
{
    /// <summary>
    /// Whether an error that comes again brings what is known about it: to <see cref="TriggerScope.Recalled"/>, to a line of the log, and
    /// to <see cref="Exception.Data"/> under <see cref="RecalledError.DataKey"/>. <value>false</value>
    /// </summary>
    public bool Enabled { get; set; }

    /// <summary>
    /// Whether memories of errors get their fingerprint as a tag, and successes after a failure are linked to it. <value>true</value>
    /// </summary>
    [Setting(
        "Gives memories of errors their fingerprint as a tag, and links successes after a failure to it ([errors.md](errors.md)).",
        NeedsRestart = true)]
    public bool Link { get; set; } = true;

    /// <summary>
    /// How many errors are known at once, 100 to 1,000,000; the ones that were not seen for longest fall out. <value>10,000</value>
    /// </summary>
    [Setting("Errors that are known at once; the ones that were not seen for longest fall out.", NeedsRestart = true)]
    [Range(100, 1_000_000)]
    public int MaxErrors { get; set; } = 10_000;

    /// <summary>
    /// How long a program that fails waits for the store at most, when the error is not known in memory: 0 to 10 s; zero asks no store.
    /// What comes later is there for the next time. <value>10 ms</value>
    /// </summary>
    [Setting(
        "Milliseconds that a program which fails waits for the store at most, when the error is not known in memory; 0: asks no store.",
        Name = "budget_ms", Unit = SettingUnit.Milliseconds, NeedsRestart = true)]
    [TimeSpanRange("00:00:00", "00:00:10")]
    public TimeSpan Budget { get; set; } = TimeSpan.FromMilliseconds(10);

    /// <summary>How many resolutions are brought at most, 1 to 100. <value>3</value></summary>
    [Setting("Resolutions that are brought at most.", NeedsRestart = true)]
    [Range(1, 100)]
    public int MaxResolutions { get; set; } = 3;
}
