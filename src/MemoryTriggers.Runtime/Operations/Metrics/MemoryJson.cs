namespace MemoryTriggers.Operations;

/// <summary>The calls of the store with the keys of the reference.</summary>
internal sealed class MemoryJson(MemoryMetrics metrics)
{
    public long TotalOperations => metrics.Operations.Sum(static operation => operation.TotalCalls);

    public long SuccessfulOperations => metrics.Operations.Sum(static operation => operation.SuccessfulCalls);

    public long FailedOperations => metrics.Operations.Sum(static operation => operation.FailedCalls);

    public long BackendSwitches => MetricsJson.Switches(metrics);

    public long CircuitBreakerActivations => metrics.CircuitBreakers.Sum(static circuit => circuit.Opens);

    public long FallbackActivations => metrics.CircuitBreakers.Sum(static circuit => circuit.Rejected);

    public double InitializationTime => metrics.InitializationTime.TotalSeconds;

    public DateTimeOffset ServiceStartTime => metrics.StartedAt;
}
