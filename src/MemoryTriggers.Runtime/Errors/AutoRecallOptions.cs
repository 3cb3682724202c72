using System.ComponentModel.DataAnnotations;

namespace MemoryTriggers;

/// <summary>What becomes of an error that was remembered before.</summary>
/// <remarks>
/// What is known lies in memory, so that a program that fails waits for no store: about 20 to 50 microseconds for the fingerprint, on the path of the
/// exception only.
/// </remarks>
public sealed class AutoRecallOptions
{
    /// <summary>
    /// Whether an error that comes again brings what is known about it: to <see cref="TriggerScope.Recalled"/>, to a line of the log, and to
    /// <see cref="Exception.Data"/> under <see cref="RecalledError.DataKey"/>. <value>false</value>
    /// </summary>
    public bool Enabled { get; set; }

    /// <summary>Whether memories of errors get their fingerprint as a tag, and successes after a failure are linked to it. <value>true</value></summary>
    public bool Link { get; set; } = true;

    /// <summary>How many errors are known at once, 100 to 1,000,000; the ones that were not seen for longest fall out. <value>10,000</value></summary>
    [Range(100, 1_000_000)]
    public int MaxErrors { get; set; } = 10_000;

    /// <summary>How many resolutions are brought at most, 1 to 100. <value>3</value></summary>
    [Range(1, 100)]
    public int MaxResolutions { get; set; } = 3;
}
