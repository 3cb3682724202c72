namespace MemoryTriggers.Monitoring;

/// <summary>What <c>metrics</c> answers: the books, since the start.</summary>
internal sealed record MetricsAnswer(
    long Accepted, long Stored, long Denied, long DeadLettered, long Pending, long Held, long Evicted, bool IsBalanced,
    IReadOnlyDictionary<string, long> Dropped, long CaptureFaults, long CacheHits, long CacheMisses,
    long Batches, long Retries, double AverageLatencyMs, double SuccessRate, long PolicyEvaluations, long PolicyErrors)
{
    public static MetricsAnswer Of(MemoryTriggersHealth health, CollectionStatistics collection, PolicyStatistics policies) => new(
        health.Accepted, health.Stored, health.Denied, health.DeadLettered, health.Pending, health.Held, health.Evicted, health.IsBalanced,
        health.Dropped, health.CaptureFaults, health.CacheHits, health.CacheMisses,
        collection.BatchOperations, collection.RetriedOperations, collection.AverageLatency.TotalMilliseconds, collection.SuccessRate,
        policies.Evaluations, policies.Errors);
}
