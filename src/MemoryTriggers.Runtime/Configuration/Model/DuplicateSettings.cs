using System.ComponentModel.DataAnnotations;
using MemoryTriggers.Configuration;

namespace MemoryTriggers;

/// <summary>The section <c>duplicates</c>: what becomes of memories that say the same again. Immutable; counts at the start.</summary>
public sealed record DuplicateSettings
{
    /// <summary>For how long repeats are counted, 0 to 2,592,000 s. <value>0: each is a memory</value></summary>
    [Setting("Seconds after a memory in which an exact repeat of it is counted in it instead of being stored; 0: each is a memory of its own.", NeedsRestart = true)]
    [Range(0, 2_592_000)]
    public int WindowSeconds { get; init; }

    /// <summary>From what share of common words on a memory is linked to an earlier one, 0.5 to 1. <value>None is</value></summary>
    [Setting("The share of common words from which on a memory is linked to an earlier one; without it, none is.", NeedsRestart = true)]
    [Range(0.5, 1.0)]
    public double? Similarity { get; init; }

    /// <summary>With how many a new one is compared, 100 to 1,000,000. <value>10,000</value></summary>
    [Setting("The latest memories with which a new one is compared; each takes about 300 bytes.", NeedsRestart = true)]
    [Range(100, 1_000_000)]
    public int MaxTracked { get; init; } = 10_000;
}
