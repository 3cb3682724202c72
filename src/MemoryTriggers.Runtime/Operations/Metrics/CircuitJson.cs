using MemoryTriggers.Circuits;

namespace MemoryTriggers.Operations;

/// <summary>A circuit breaker with the keys of the reference. Rates are shares from 0 to 1, times seconds.</summary>
internal sealed class CircuitJson(CircuitBreakerStatus circuit, DateTimeOffset now)
{
    public string State => CircuitNames.Of(circuit.State);

    public bool Isolated => circuit.IsIsolated;

    public long FailureCount => circuit.WindowFailures;

    public long SlowCallCount => circuit.WindowSlow;

    public long TotalCalls => circuit.WindowCalls;

    public double FailureRate => circuit.FailureRate;

    public double SlowCallRate => circuit.SlowCallRate;

    public DateTimeOffset? LastFailureTime => circuit.LastFailure;

    public double? TimeSinceLastFailure => (now - circuit.LastFailure)?.TotalSeconds;

    public int TestRequestCount => circuit.Probes;

    public int SuccessCount => circuit.ProbeSuccesses;

    public CircuitCounts Metrics => new(circuit);

    public CircuitConfig Config => new(circuit.Options);

    public static IReadOnlyDictionary<string, CircuitJson> ByBackend(MemoryMetrics metrics) =>
        JsonMaps.Of(metrics.CircuitBreakers, static circuit => circuit.Backend, circuit => new CircuitJson(circuit, metrics.Timestamp));

    internal sealed class CircuitCounts(CircuitBreakerStatus circuit)
    {
        public long TotalRequests => circuit.Requests;

        public long SuccessfulRequests => circuit.Successes;

        public long FailedRequests => circuit.Failures;

        public long SlowRequests => circuit.Slow;

        public long CircuitOpens => circuit.Opens;

        public long CircuitCloses => circuit.Closes;

        public long FallbackTriggers => circuit.Rejected;

        public long RecoveryAttempts => circuit.RecoveryAttempts;
    }

    internal sealed class CircuitConfig(CircuitBreakerOptions options)
    {
        public int FailureThreshold => options.FailureThreshold;

        public double RecoveryTimeout => options.RecoveryTimeout.TotalSeconds;

        public int TestRequests => options.MaxProbes;

        public int SuccessThreshold => options.SuccessThreshold;

        public double SlowCallThreshold => options.SlowCall.TotalSeconds;

        public double SlowCallRateThreshold => options.SlowCallRate;
    }
}
