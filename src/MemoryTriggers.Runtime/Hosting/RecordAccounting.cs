using MemoryTriggers.Backends.Cache;
using MemoryTriggers.Capture;
using MemoryTriggers.Journal;
using MemoryTriggers.Operations;

namespace MemoryTriggers.Hosting;

/// <summary>
/// Counts what went through the stages. Everything that was accepted is stored, denied, counted only, a dead letter, pending
/// or evicted. Thread-safe.
/// </summary>
internal sealed class RecordAccounting
{
    public required CaptureJournal Journal { get; init; }

    public required DeliveryStage Delivery { get; init; }

    public required CachingBackend Cache { get; init; }

    public required PolicyEngine Policies { get; init; }

    public required MemoryHooks Hooks { get; init; }

    private long Stored => Delivery.Drain.Stored + Delivery.Adoption.Stored + Delivery.Held.Stored;

    private long DeadLettered => Delivery.Drain.DeadLettered + Delivery.Adoption.DeadLettered + Delivery.Held.DeadLettered;

    /// <param name="collection">The counters of the collector.</param>
    public RuntimeCounts Count(CollectionStatistics collection)
    {
        var journal = Journal.GetStatistics();
        return new RuntimeCounts
        {
            Journal = journal,
            Accepted = Accepted(journal),
            Stored = Stored,
            Denied = Delivery.Drain.Denied + Delivery.Adoption.Denied + Delivery.Held.Denied,
            DeadLettered = DeadLettered,
            Counted = Delivery.Drain.Counted + Delivery.Adoption.Counted,
            Held = Delivery.Holding.Count,
            Dropped = new Dictionary<string, long>
            {
                ["too_large"] = journal.Lanes.Sum(static lane => lane.DroppedTooLarge),
                ["full"] = journal.Lanes.Sum(static lane => lane.DroppedFull),
                ["failed"] = journal.Lanes.Sum(static lane => lane.DroppedFailed),
                ["closed"] = journal.Lanes.Sum(static lane => lane.DroppedClosed),
                ["priority"] = Delivery.Limits.DroppedByPriority,
                ["type_limit"] = Delivery.Limits.DroppedByType,
                ["evicted"] = journal.Lanes.Sum(static lane => lane.Evicted),
            },
            CaptureFaults = CaptureFaults.Total,
            CacheHits = Cache.Hits,
            CacheMisses = Cache.Misses,
            Collection = collection,
            Policies = Policies.GetStatistics(),
            PolicySet = Policies.Set,
            Hooks = Hooks.GetStatistics(),
            ActiveContexts = MemoryContextFlow.Open,
            IsCaptureOn = Delivery.Limits.IsAnyOn,
            IsCacheOn = Cache.IsOn,
        };
    }

    /// <param name="collected">How many records the collector took.</param>
    public CollectionStatistics Collection(long collected)
    {
        var journal = Journal.GetStatistics();
        return new CollectionStatistics
        {
            CollectedOperations = collected,
            TotalOperations = Accepted(journal),
            SuccessfulOperations = Stored,
            FailedOperations = DeadLettered + journal.Lanes.Sum(static lane => lane.Dropped + lane.Evicted),
            RetriedOperations = Delivery.Records.Retries,
            BatchOperations = Delivery.Records.Pace.Batches,
            AverageLatency = Delivery.Records.Pace.AverageLatency,
            QueueSize = journal.Pending + Delivery.Holding.Count,
            CacheHits = Cache.Hits,
            CacheMisses = Cache.Misses,
        };
    }

    // What this process took, and what it took over from others.
    private long Accepted(JournalStatistics journal) =>
        journal.Lanes.Sum(static lane => lane.Accepted + lane.Recovered) - Delivery.Drain.Superseded
        + Delivery.Adoption.Stored + Delivery.Adoption.Denied + Delivery.Adoption.DeadLettered + Delivery.Adoption.Held
        + Delivery.Adoption.Counted
        + Delivery.Holding.Found;
}
