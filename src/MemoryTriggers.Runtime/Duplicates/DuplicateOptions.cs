using System.ComponentModel.DataAnnotations;
using MemoryTriggers.Validation;

namespace MemoryTriggers;

/// <summary>The handling of repeated memories.</summary>
public sealed class DuplicateOptions
{
    /// <summary>
    /// For how long after a memory an exact repeat of it is counted in it (<see cref="MemoryEntry.Occurrences"/>) instead of being stored
    /// beside it, up to 30 days. Exact: the same project, user, category, key, line, value, tags, entity, source, trigger and outcome;
    /// durations, times, sessions and traces may differ.
    /// <value>Zero: every repeat is a memory of its own</value>
    /// </summary>
    [Setting(
        "Seconds after a memory in which an exact repeat of it is counted in it instead of being stored; 0: each is a memory of its own.",
        Name = "window_seconds", Unit = SettingUnit.WholeSeconds, NeedsRestart = true)]
    [TimeSpanRange("00:00:00", "30.00:00:00")]
    public TimeSpan Window { get; set; }

    /// <summary>
    /// From what share of common words on a memory is linked to an earlier one of the same project, user, category
    /// and key (<see cref="MemoryEntry.SimilarTo"/>), 0.5 to 1. <value>None: none is</value>
    /// </summary>
    [Setting("The share of common words from which on a memory is linked to an earlier one; without it, none is.", NeedsRestart = true)]
    [Range(0.5, 1.0)]
    public double? Similarity { get; set; }

    /// <summary>
    /// With how many of the latest memories a new one is compared, 100 to 1,000,000; each takes about 300 bytes. <value>10,000</value>
    /// </summary>
    [Setting("The latest memories with which a new one is compared; each takes about 300 bytes.", NeedsRestart = true)]
    [Range(100, 1_000_000)]
    public int MaxTracked { get; set; } = 10_000;

    internal bool IsOn => Window > TimeSpan.Zero || Similarity is not null;
}
