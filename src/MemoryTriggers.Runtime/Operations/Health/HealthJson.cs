using System.Text.Json.Nodes;

namespace MemoryTriggers.Operations;

/// <summary>Health with the keys of the reference's <c>get_service_health</c>, and more beside them.</summary>
internal static class HealthJson
{
    // The reference's async collector: 95 % of success, and 5 s on average.
    private const double LeastSuccess = 0.95;
    private static readonly TimeSpan MostLatency = TimeSpan.FromSeconds(5);

    public static JsonObject ToNode(MemoryTriggersHealth health)
    {
        var metrics = health.Metrics;
        return new()
        {
            ["service_initialized"] = health.Status != MemoryServiceStatus.Offline,
            ["service_enabled"] = true,
            ["service_healthy"] = health.IsHealthy,
            ["status"] = MetricsJson.StatusName(health.Status),
            ["timestamp"] = metrics?.Timestamp,
            ["problems"] = new JsonArray([.. health.Problems.Select(static problem => (JsonNode)problem)]),
            ["memory_service"] = new JsonObject
            {
                ["status"] = health.Backend.IsHealthy ? "healthy" : "unhealthy",
                ["active_backend"] = metrics?.ActiveBackend ?? health.Backend.BackendName,
                ["backends"] = Backends(health),
                ["metrics"] = metrics is null ? null : MetricsJson.Memory(metrics),
            },
            ["trigger_orchestrator"] = Part(health.IsBalanced, health.Pending, metrics is null ? null : MetricsJson.Orchestrator(metrics)),
            ["policy_engine"] = new JsonObject
            {
                ["status"] = metrics?.Policies.Errors > 0 ? "unhealthy" : "healthy",
                ["total_policies"] = metrics?.TotalPolicies,
                ["enabled_policies"] = metrics?.EnabledPolicies,
                ["metrics"] = metrics is null ? null : MetricsJson.Policies(metrics),
            },
            ["framework_hooks"] = new JsonObject
            {
                ["status"] = health.CaptureFaults == 0 && metrics is not { Hooks.CaptureFaults: > 0 } ? "healthy" : "unhealthy",
                ["enabled"] = metrics?.Hooks.Enabled ?? true,
                ["registered_hooks"] = metrics?.Hooks.RegisteredHooks,
                ["metrics"] = metrics is null ? null : MetricsJson.Hooks(metrics),
            },
            ["async_collection"] = Collection(health, metrics),
            ["reliability"] = metrics is null ? null : MetricsJson.Reliability(metrics),
            ["circuit_breakers"] = metrics is null ? null : CircuitJson.Breakers(metrics),
        };
    }

    private static JsonObject Backends(MemoryTriggersHealth health)
    {
        var node = new JsonObject
        {
            [health.Backend.BackendName] = new JsonObject
            {
                ["is_healthy"] = health.Backend.IsHealthy,
                ["error_message"] = health.Backend.IsHealthy ? null : health.Backend.Description,
                ["last_checked"] = health.Metrics?.LastHealthCheck,
                ["uptime_percentage"] = health.Metrics?.UptimePercentage,
            },
        };
        return node;
    }

    private static JsonObject Part(bool isHealthy, long queueSize, JsonObject? metrics) => new()
    {
        ["status"] = isHealthy ? "healthy" : "busy",
        ["enabled"] = true,
        ["queue_size"] = queueSize,
        ["metrics"] = metrics,
    };

    private static JsonObject Collection(MemoryTriggersHealth health, MemoryMetrics? metrics) => new()
    {
        ["queue_operational"] = health.JournalMode != "memory",
        ["queue_size_ok"] = health.IsQueueSizeFine,
        ["success_rate_ok"] = metrics is null || metrics.Collection.SuccessRate >= LeastSuccess,
        ["average_latency_ok"] = metrics is null || metrics.Collection.AverageLatency < MostLatency,
        ["cache_operational"] = true,
    };
}
