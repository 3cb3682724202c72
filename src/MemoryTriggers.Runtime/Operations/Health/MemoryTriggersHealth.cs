using MemoryTriggers.Operations;

namespace MemoryTriggers;

/// <summary>How the runtime does, and where every record went.</summary>
public sealed record MemoryTriggersHealth
{
    /// <summary>Whether everything works as it should. When not, <see cref="Problems"/> says why.</summary>
    public bool IsHealthy => Problems.Count == 0;

    /// <summary>The problems, one per line.</summary>
    public required IReadOnlyList<string> Problems { get; init; }

    /// <summary>The data folder.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>How the journal is kept: <c>mapped</c> or <c>written</c> on disk, or in <c>memory</c>.</summary>
    public required string JournalMode { get; init; }

    /// <summary>The store's own word.</summary>
    public required MemoryBackendHealth Backend { get; init; }

    /// <summary>Records taken into the journal, those found there at the start included.</summary>
    public required long Accepted { get; init; }

    /// <summary>Records that are in the store.</summary>
    public required long Stored { get; init; }

    /// <summary>Records that the policies denied.</summary>
    public required long Denied { get; init; }

    /// <summary>Records of uneventful successes of broad triggers, which are counted with their durations and are no memories.</summary>
    public required long Counted { get; init; }

    /// <summary>Records that could not be stored and were kept aside.</summary>
    public required long DeadLettered { get; init; }

    /// <summary>Records that are still on their way: in the journal, or held back by policies.</summary>
    public required long Pending { get; init; }

    /// <summary>Those of <see cref="Pending"/> that policies hold back, on disk.</summary>
    public required long Held { get; init; }

    /// <summary>Records that were taken, and later made room for ones of a higher priority.</summary>
    public required long Evicted { get; init; }

    /// <summary>
    /// Records that are lost, by reason: <c>too_large</c>, <c>full</c>, <c>failed</c> (the disk refused), <c>closed</c>,
    /// <c>type_limit</c>, <c>priority</c> (both as configured), and <c>evicted</c>, which had been taken.
    /// </summary>
    public required IReadOnlyDictionary<string, long> Dropped { get; init; }

    /// <summary>Failures inside capture itself that were kept from the program.</summary>
    public required long CaptureFaults { get; init; }

    /// <summary>Reads that the cache answered.</summary>
    public required long CacheHits { get; init; }

    /// <summary>Reads that went to the store.</summary>
    public required long CacheMisses { get; init; }

    /// <summary>The same in one word. <value><see cref="MemoryServiceStatus.Healthy"/></value></summary>
    public MemoryServiceStatus Status { get; init; }

    /// <summary>
    /// Whether the journal has room: what waits in it takes less than 90 % of its size. <value><see langword="true"/></value>
    /// </summary>
    public bool IsQueueSizeFine { get; init; } = true;

    /// <summary>The last attempts to recover the store, oldest first, at most 100. <value>None</value></summary>
    internal IReadOnlyList<RecoveryAttempt> Recoveries { get; init; } = [];

    /// <summary>The figures behind it. <value>None</value></summary>
    public MemoryMetrics? Metrics { get; init; }

    /// <summary>As JSON with the reference's keys, and more beside them; times are in seconds. docs/operations.md lists them.</summary>
    public string ToJson() => HealthJson.ToNode(this).ToJsonString();

    /// <summary>
    /// Whether the record accounting balances: accepted = stored + denied + counted + dead-lettered + pending + evicted. Exact while
    /// nothing is on its way.
    /// </summary>
    public bool IsBalanced => Accepted == Stored + Denied + Counted + DeadLettered + Pending + Evicted;
}
