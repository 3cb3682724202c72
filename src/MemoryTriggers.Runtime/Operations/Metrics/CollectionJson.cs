namespace MemoryTriggers.Operations;

/// <summary>What was collected, with the keys of the reference. The success rate is in percent.</summary>
internal sealed class CollectionJson(CollectionStatistics collection)
{
    public long TotalOperations => collection.TotalOperations;

    public long SuccessfulOperations => collection.SuccessfulOperations;

    public long FailedOperations => collection.FailedOperations;

    public long RetriedOperations => collection.RetriedOperations;

    public double AverageLatency => collection.AverageLatency.TotalSeconds;

    public long QueueSize => collection.QueueSize;

    public long BatchOperations => collection.BatchOperations;

    public long CacheHits => collection.CacheHits;

    public long CacheMisses => collection.CacheMisses;

    public double SuccessRate => 100 * collection.SuccessRate;
}
