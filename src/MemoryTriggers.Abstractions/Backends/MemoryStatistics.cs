namespace MemoryTriggers;

/// <summary>A report on memories.</summary>
public sealed record MemoryStatistics
{
    /// <summary>How many there are.</summary>
    public long Total { get; init; }

    /// <summary>How often something was remembered: each memory with its repeats.</summary>
    public long Occurrences { get; init; }

    /// <summary>How many of them are replaced by others, earlier versions among them.</summary>
    public long Superseded { get; init; }

    /// <summary>How many there are of each category.</summary>
    public IReadOnlyDictionary<string, long> ByCategory { get; init; } = new Dictionary<string, long>();

    /// <summary>How many there are of each project.</summary>
    public IReadOnlyDictionary<string, long> ByProject { get; init; } = new Dictionary<string, long>();

    /// <summary>How many ended in each way.</summary>
    public IReadOnlyDictionary<TriggerOutcome, long> ByOutcome { get; init; } = new Dictionary<TriggerOutcome, long>();

#if NET
    /// <summary>How many were made on each day (UTC).</summary>
    public IReadOnlyDictionary<DateOnly, long> ByDay { get; init; } = new Dictionary<DateOnly, long>();
#endif

    /// <summary>The size of lines, keys and values together, in bytes of UTF-8 as they are stored.</summary>
    public long Bytes { get; init; }

    /// <summary>When the oldest was made, or <see langword="null"/> when there is none.</summary>
    public DateTimeOffset? Oldest { get; init; }

    /// <summary>When the newest was made, or <see langword="null"/> when there is none.</summary>
    public DateTimeOffset? Newest { get; init; }
}
