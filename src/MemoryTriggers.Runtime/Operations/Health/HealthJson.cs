using System.Text.Json;

namespace MemoryTriggers.Operations;

/// <summary>Health with the keys of the reference's <c>get_service_health</c>, and more beside them.</summary>
internal sealed class HealthJson(MemoryTriggersHealth health)
{
    public bool ServiceInitialized => health.Status != MemoryServiceStatus.Offline;

    public bool ServiceEnabled { get; } = true;

    public bool ServiceHealthy => health.IsHealthy;

    public string Status => MetricsJson.StatusName(health.Status);

    public DateTimeOffset? Timestamp => health.Metrics?.Timestamp;

    public IReadOnlyList<string> Problems => health.Problems;

    public ServicePart MemoryService => new(health);

    public OrchestratorPart TriggerOrchestrator => new(health);

    public PolicyPart PolicyEngine => new(health.Metrics);

    public HooksPart FrameworkHooks => new(health);

    public CollectionPart AsyncCollection => new(health);

    public ReliabilityJson? Reliability => health.Metrics is { } metrics ? new(metrics) : null;

    public IReadOnlyDictionary<string, CircuitJson>? CircuitBreakers =>
        health.Metrics is { } metrics ? CircuitJson.ByBackend(metrics) : null;

    public static string Write(MemoryTriggersHealth health) =>
        JsonSerializer.Serialize(new HealthJson(health), HealthJsonContext.Default.HealthJson);

    internal sealed class ServicePart(MemoryTriggersHealth health)
    {
        public string Status => health.Backend.IsHealthy ? "healthy" : "unhealthy";

        public string ActiveBackend => health.Metrics?.ActiveBackend ?? health.Backend.BackendName;

        public IReadOnlyDictionary<string, BackendPart> Backends =>
            JsonMaps.Of([health], static one => one.Backend.BackendName, static one => new BackendPart(one));

        public MemoryJson? Metrics => health.Metrics is { } metrics ? new(metrics) : null;
    }

    internal sealed class BackendPart(MemoryTriggersHealth health)
    {
        public bool IsHealthy => health.Backend.IsHealthy;

        public string? ErrorMessage => health.Backend.IsHealthy ? null : health.Backend.Description;

        public DateTimeOffset? LastChecked => health.Metrics?.LastHealthCheck;

        public double? UptimePercentage => health.Metrics?.UptimePercentage;
    }

    internal sealed class OrchestratorPart(MemoryTriggersHealth health)
    {
        public string Status => health.IsBalanced ? "healthy" : "busy";

        public bool Enabled { get; } = true;

        public long QueueSize => health.Pending;

        public OrchestratorJson? Metrics => health.Metrics is { } metrics ? new(metrics) : null;
    }

    internal sealed class PolicyPart(MemoryMetrics? metrics)
    {
        public string Status => metrics?.Policies.Errors > 0 ? "unhealthy" : "healthy";

        public int? TotalPolicies => metrics?.TotalPolicies;

        public int? EnabledPolicies => metrics?.EnabledPolicies;

        public PolicyEngineJson? Metrics => metrics is null ? null : new(metrics);
    }

    internal sealed class HooksPart(MemoryTriggersHealth health)
    {
        public string Status => health is { CaptureFaults: 0, Metrics: null or { Hooks.CaptureFaults: 0 } } ? "healthy" : "unhealthy";

        public bool Enabled => health.Metrics?.Hooks.Enabled ?? true;

        public int? RegisteredHooks => health.Metrics?.Hooks.RegisteredHooks;

        public HooksJson? Metrics => health.Metrics is { } metrics ? new(metrics) : null;
    }

    internal sealed class CollectionPart(MemoryTriggersHealth health)
    {
        // The reference's async collector: 95 % of success, and 5 s on average.
        private const double LeastSuccess = 0.95;
        private static readonly TimeSpan MostLatency = TimeSpan.FromSeconds(5);

        public bool QueueOperational => health.JournalMode != "memory";

        public bool QueueSizeOk => health.IsQueueSizeFine;

        public bool SuccessRateOk => health.Metrics is not { } metrics || metrics.Collection.SuccessRate >= LeastSuccess;

        public bool AverageLatencyOk => health.Metrics is not { } metrics || metrics.Collection.AverageLatency < MostLatency;

        public bool CacheOperational { get; } = true;
    }
}
