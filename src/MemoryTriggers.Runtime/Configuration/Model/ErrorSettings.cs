using System.ComponentModel.DataAnnotations;
using MemoryTriggers.Configuration;

namespace MemoryTriggers;

/// <summary>
/// The section <c>errors</c>: what becomes of an error that was remembered before (docs/errors.md). Immutable; counts at the start. <c>features.auto_recall</c> switches on that
/// it is brought again.
/// </summary>
public sealed record ErrorSettings
{
    /// <summary>Whether errors get fingerprints, and successes are linked to them. <value>true</value></summary>
    [Setting("Gives memories of errors their fingerprint as a tag, and links successes after a failure to it ([errors.md](errors.md)).", NeedsRestart = true)]
    public bool Link { get; init; } = true;

    /// <summary>How many errors are known at once, 100 to 1,000,000. <value>10,000</value></summary>
    [Setting("Errors that are known at once; the ones that were not seen for longest fall out.", NeedsRestart = true)]
    [Range(100, 1_000_000)]
    public int MaxErrors { get; init; } = 10_000;

    /// <summary>How long a failing program waits for the store at most, 0 to 10,000 ms. <value>10 ms</value></summary>
    [Setting("Milliseconds that a program which fails waits for the store at most, when the error is not known in memory; 0: asks no store.", NeedsRestart = true)]
    [Range(0, 10_000)]
    public int BudgetMs { get; init; } = 10;

    /// <summary>How many resolutions are brought, 1 to 100. <value>3</value></summary>
    [Setting("Resolutions that are brought at most.", NeedsRestart = true)]
    [Range(1, 100)]
    public int MaxResolutions { get; init; } = 3;
}
