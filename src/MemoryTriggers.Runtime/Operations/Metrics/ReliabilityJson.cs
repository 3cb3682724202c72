namespace MemoryTriggers.Operations;

/// <summary>Failures and recoveries with the keys of the reference. Rates are in percent, times in seconds.</summary>
internal sealed class ReliabilityJson(MemoryMetrics metrics)
{
    public string Status => MetricsJson.StatusName(metrics.Status);

    public CircuitJson? CircuitBreaker => metrics.CircuitBreakers.Count > 0 ? new(metrics.CircuitBreakers[0], metrics.Timestamp) : null;

    public ReliabilityCounts Metrics => new(metrics);

    public DateTimeOffset? LastHealthCheck => metrics.LastHealthCheck;

    public QuarantineJson JournalQuarantine => new(metrics.QuarantinedParts, metrics.QuarantinedBytes, metrics.QuarantineRemoved);

    public PredictionJson? FailurePrediction => metrics.Prediction is { } prediction
        ? new(prediction.Signal, prediction.ExpectedIn.TotalSeconds, prediction.Level, prediction.Limit)
        : null;

    internal sealed record QuarantineJson(int Parts, long Bytes, int Removed);

    internal sealed record PredictionJson(string Signal, double ExpectedIn, double Level, double Limit);

    internal sealed class ReliabilityCounts(MemoryMetrics metrics)
    {
        public long TotalRequests => metrics.CircuitBreakers.Sum(static circuit => circuit.Requests);

        public long SuccessfulRequests => TotalRequests - FailedRequests;

        public long FailedRequests => metrics.CircuitBreakers.Sum(static circuit => circuit.Failures);

        public double SuccessRate => TotalRequests > 0 ? 100.0 * SuccessfulRequests / TotalRequests : 100;

        public double FailureRate => TotalRequests > 0 ? 100.0 * FailedRequests / TotalRequests : 0;

        public long CircuitBreakerTrips => metrics.CircuitBreakers.Sum(static circuit => circuit.Opens);

        public long RecoveryAttempts => metrics.RecoveryAttempts;

        public double AverageResponseTime =>
            metrics.CircuitBreakers.Count > 0 ? metrics.CircuitBreakers[0].AverageResponseTime.TotalSeconds : 0;

        public DateTimeOffset? LastSuccessTime => metrics.CircuitBreakers.Max(static circuit => circuit.LastSuccess);

        public DateTimeOffset? LastFailureTime => metrics.CircuitBreakers.Max(static circuit => circuit.LastFailure);
    }
}
