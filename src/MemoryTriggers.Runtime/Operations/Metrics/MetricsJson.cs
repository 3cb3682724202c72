using System.Text.Json;

namespace MemoryTriggers.Operations;

/// <summary>The metrics with the keys of the reference's dictionaries.</summary>
internal sealed class MetricsJson(MemoryMetrics metrics)
{
    public DateTimeOffset Timestamp => metrics.Timestamp;

    public MemoryJson Memory => new(metrics);

    public OrchestratorJson TriggerOrchestrator => new(metrics);

    public PolicyEngineJson PolicyEngine => new(metrics);

    public HooksJson FrameworkHooks => new(metrics);

    public CollectionJson Collection => new(metrics.Collection);

    public IReadOnlyDictionary<string, CircuitJson> CircuitBreakers => CircuitJson.ByBackend(metrics);

    public CircuitSummaryJson CircuitBreakerSummary => new(metrics.CircuitBreakers);

    public PerformanceJson Performance => new(metrics);

    public ReliabilityJson Reliability => new(metrics);

    public MonitorJson HealthMonitor => new(metrics);

    public IEnumerable<AlertJson> Alerts => metrics.ActiveAlerts.Select(static alert => new AlertJson(alert));

    public BooksJson Books => new(metrics);

    public IReadOnlyDictionary<string, long> Dropped => JsonMaps.Counts(metrics.Dropped, static reason => reason);

    public static string Write(MemoryMetrics metrics) =>
        JsonSerializer.Serialize(new MetricsJson(metrics), MetricsJsonContext.Default.MetricsJson);

    public static string StatusName(MemoryServiceStatus status) => status.ToString().ToLowerInvariant();

    // With one store there is nothing to switch to.
    public static long Switches(MemoryMetrics metrics) =>
        metrics.CircuitBreakers.Count > 1 ? metrics.CircuitBreakers.Sum(static circuit => circuit.Opens + circuit.Closes) : 0;

    internal sealed class BooksJson(MemoryMetrics metrics)
    {
        public long Accepted => metrics.Accepted;

        public long Stored => metrics.Stored;

        public long Denied => metrics.Denied;

        public long DeadLettered => metrics.DeadLettered;

        public long Pending => metrics.Pending;

        public long Evicted => metrics.Dropped.GetValueOrDefault("evicted");
    }
}
