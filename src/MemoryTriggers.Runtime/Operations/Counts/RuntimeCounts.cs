using MemoryTriggers.Journal;

namespace MemoryTriggers.Operations;

/// <summary>One look at what the runtime counts: the books, the journal, the cache.</summary>
internal sealed record RuntimeCounts
{
    public required JournalStatistics Journal { get; init; }

    public required long Accepted { get; init; }

    public required long Stored { get; init; }

    public required long Denied { get; init; }

    public required long DeadLettered { get; init; }

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

    public long Pending => Journal.Pending + Held;

    public long Evicted => Journal.Lanes.Sum(static lane => lane.Evicted);

    /// <summary>Drops that nobody has asked for: triggers below the priority that the options demand are left out on purpose.</summary>
    public long DroppedUnasked => Dropped.Values.Sum() - Dropped["priority"];

    /// <summary>The books, for a line of figures.</summary>
    public IReadOnlyList<(string Name, double Value)> Figures =>
    [
        ("accepted", Accepted), ("stored", Stored), ("denied", Denied), ("dead_lettered", DeadLettered), ("pending", Pending), ("held", Held), ("evicted", Evicted),
        ("dropped", Dropped.Values.Sum()), ("cache_hits", CacheHits), ("cache_misses", CacheMisses),
    ];
}
