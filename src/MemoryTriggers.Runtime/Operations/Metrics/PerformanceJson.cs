namespace MemoryTriggers.Operations;

/// <summary>The times of the store with the keys of the reference, in seconds; success rates are in percent.</summary>
internal sealed class PerformanceJson(MemoryMetrics metrics)
{
    public GlobalPerformance GlobalMetrics => new(metrics);

    public int TotalBackends => metrics.CircuitBreakers.Count;

    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, OperationPerformance>> BackendPerformance =>
        JsonMaps.Of([metrics], static one => one.ActiveBackend, static one => JsonMaps.Of(
            one.Operations, static operation => operation.Operation, static operation => new OperationPerformance(operation)));

    public string? FastestBackend =>
        metrics.CircuitBreakers.Where(static circuit => circuit.Requests > 0).MinBy(static circuit => circuit.AverageResponseTime)?.Backend;

    public string? MostReliableBackend => metrics.CircuitBreakers.MaxBy(static circuit => circuit.SuccessRate)?.Backend;

    public string? SlowestOperation => metrics.Operations.MaxBy(static operation => operation.AverageTime)?.Operation;

    public double Uptime => (metrics.Timestamp - metrics.StartedAt).TotalSeconds;

    internal sealed class GlobalPerformance(MemoryMetrics metrics)
    {
        public long TotalOperations => metrics.Operations.Sum(static operation => operation.TotalCalls);

        public double TotalTime => metrics.Operations.Sum(static operation => operation.TotalTime.TotalSeconds);

        public long BackendSwitches => MetricsJson.Switches(metrics);

        public long CircuitBreakerOpens => metrics.CircuitBreakers.Sum(static circuit => circuit.Opens);

        public long FallbackActivations => metrics.CircuitBreakers.Sum(static circuit => circuit.Rejected);

        public DateTimeOffset StartTime => metrics.StartedAt;
    }

    internal sealed class OperationPerformance(OperationMetrics operation)
    {
        public long TotalCalls => operation.TotalCalls;

        public long SuccessfulCalls => operation.SuccessfulCalls;

        public long FailedCalls => operation.FailedCalls;

        public double SuccessRate => 100 * operation.SuccessRate;

        public double AvgResponseTime => operation.AverageTime.TotalSeconds;

        public double MinResponseTime => operation.MinTime.TotalSeconds;

        public double MaxResponseTime => operation.MaxTime.TotalSeconds;

        public OperationPercentiles Percentiles => new(operation);
    }

    internal sealed class OperationPercentiles(OperationMetrics operation)
    {
        public double P50 => operation.P50.TotalSeconds;

        public double P75 => operation.P75.TotalSeconds;

        public double P90 => operation.P90.TotalSeconds;

        public double P95 => operation.P95.TotalSeconds;

        public double P99 => operation.P99.TotalSeconds;
    }
}
