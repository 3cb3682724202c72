using System.Text.Json.Nodes;
using MemoryTriggers.Circuits;

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
            ["service_enabled"] = metrics?.IsCaptureOn ?? true,
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
            ["trigger_orchestrator"] = Part(health, metrics),
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
        if (health.Metrics is { CircuitBreakers: { Count: > 1 } circuits })
            return new JsonObject(circuits.Select(static circuit => KeyValuePair.Create(circuit.Backend, (JsonNode?)Backend(circuit))));

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

    // Of a chain each store, as its circuit finds it.
    private static JsonObject Backend(CircuitBreakerStatus circuit) => new()
    {
        ["is_healthy"] = circuit.State == CircuitState.Closed,
        ["error_message"] = circuit.State == CircuitState.Closed ? null : $"its circuit is {CircuitNames.Of(circuit.State)}",
        ["last_checked"] = new[] { circuit.LastSuccess, circuit.LastFailure }.Max(),
        ["uptime_percentage"] = 100 * circuit.SuccessRate,
    };

    private static JsonObject Part(MemoryTriggersHealth health, MemoryMetrics? metrics) => new()
    {
        ["status"] = health.IsBalanced ? "healthy" : "busy",
        ["enabled"] = metrics?.IsCaptureOn ?? true,
        ["queue_size"] = health.Pending,
        ["metrics"] = metrics is null ? null : MetricsJson.Orchestrator(metrics),
    };

    private static JsonObject Collection(MemoryTriggersHealth health, MemoryMetrics? metrics) => new()
    {
        ["queue_operational"] = health.JournalMode != "memory",
        ["queue_size_ok"] = health.IsQueueSizeFine,
        ["success_rate_ok"] = metrics is null || metrics.Collection.SuccessRate >= LeastSuccess,
        ["average_latency_ok"] = metrics is null || metrics.Collection.AverageLatency < MostLatency,
        ["cache_operational"] = metrics?.IsCacheOn ?? true,
    };
}
