namespace MemoryTriggers;

/// <summary>
/// The counters of collection, since the start. The journal and the way to the store are shared with decorated methods, so that all but
/// <see cref="CollectedOperations"/> count these as well.
/// </summary>
public sealed record CollectionStatistics
{
    /// <summary>The memories that the collector itself has accepted.</summary>
    public required long CollectedOperations { get; init; }

    /// <summary>Records taken into the journal.</summary>
    public required long TotalOperations { get; init; }

    /// <summary>Records that are stored.</summary>
    public required long SuccessfulOperations { get; init; }

    /// <summary>Records that became dead letters or were dropped.</summary>
    public required long FailedOperations { get; init; }

    /// <summary>How often storing a batch was tried again.</summary>
    public required long RetriedOperations { get; init; }

    /// <summary>Batches that were stored.</summary>
    public required long BatchOperations { get; init; }

    /// <summary>How long storing a batch took, on average; zero before the first.</summary>
    public required TimeSpan AverageLatency { get; init; }

    /// <summary>Records that wait in the journal.</summary>
    public required long QueueSize { get; init; }

    /// <summary>Reads that the cache answered.</summary>
    public required long CacheHits { get; init; }

    /// <summary>Reads that went to the store.</summary>
    public required long CacheMisses { get; init; }

    /// <summary>The share of records that are stored among those that are stored or failed, 0 to 1; 1 before the first.</summary>
    public double SuccessRate => SuccessfulOperations + FailedOperations is > 0 and var ended ? (double)SuccessfulOperations / ended : 1;
}
