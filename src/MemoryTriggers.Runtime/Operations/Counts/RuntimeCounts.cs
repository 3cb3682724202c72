using MemoryTriggers.Journal;

namespace MemoryTriggers.Operations;

/// <summary>One sample of the counts of the runtime: record accounting, journal, cache.</summary>
internal sealed record RuntimeCounts
{
    public required JournalStatistics Journal { get; init; }

    public required long Accepted { get; init; }

    public required long Stored { get; init; }

    public required long Denied { get; init; }

    public required long DeadLettered { get; init; }

    public required long Counted { get; init; }

    public required long Held { get; init; }

    public required IReadOnlyDictionary<string, long> Dropped { get; init; }

    public required long CaptureFaults { get; init; }

    public required long CacheHits { get; init; }

    public required long CacheMisses { get; init; }

    public required CollectionStatistics Collection { get; init; }

    public required PolicyStatistics Policies { get; init; }

    public required PolicySet PolicySet { get; init; }

    public required MemoryHooksStatistics Hooks { get; init; }

    public required int ActiveContexts { get; init; }

    /// <summary>Whether any type of trigger is on.</summary>
    public bool IsCaptureOn { get; init; } = true;

    /// <summary>Whether reads are cached.</summary>
    public bool IsCacheOn { get; init; } = true;

    public long Pending => Journal.Pending + Held;

    public long Evicted => Journal.Lanes.Sum(static lane => lane.Evicted);

    /// <summary>Unintended drops: triggers below the configured priority are left out on purpose.</summary>
    public long DroppedUnasked => Dropped.Values.Sum() - Dropped["priority"];

    /// <summary>The record accounting, for a line of metrics.</summary>
    public IReadOnlyList<(string Name, double Value)> Values =>
    [
        ("accepted", Accepted), ("stored", Stored), ("denied", Denied), ("counted", Counted), ("dead_lettered", DeadLettered),
        ("pending", Pending), ("held", Held), ("evicted", Evicted),
        ("dropped", Dropped.Values.Sum()), ("cache_hits", CacheHits), ("cache_misses", CacheMisses),
    ];
}
