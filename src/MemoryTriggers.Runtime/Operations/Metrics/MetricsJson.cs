using System.Text.Json.Nodes;

namespace MemoryTriggers.Operations;

/// <summary>The metrics with the keys of the reference's dictionaries.</summary>
internal static class MetricsJson
{
    public static JsonObject ToNode(MemoryMetrics metrics) => new()
    {
        ["timestamp"] = metrics.Timestamp,
        ["memory_service"] = Memory(metrics),
        ["trigger_orchestrator"] = Orchestrator(metrics),
        ["policy_engine"] = Policies(metrics),
        ["framework_hooks"] = Hooks(metrics),
        ["collection"] = Collection(metrics.Collection),
        ["circuit_breakers"] = CircuitJson.Breakers(metrics),
        ["circuit_breaker_summary"] = CircuitJson.Summary(metrics.CircuitBreakers),
        ["performance"] = PerformanceJson.ToNode(metrics),
        ["reliability"] = Reliability(metrics),
        ["health_monitor"] = Monitor(metrics),
        ["alerts"] = new JsonArray([.. metrics.ActiveAlerts.Select(static alert => (JsonNode)AlertJson.ToNode(alert))]),
        ["record_accounting"] = new JsonObject
        {
            ["accepted"] = metrics.Accepted,
            ["stored"] = metrics.Stored,
            ["denied"] = metrics.Denied,
            ["counted"] = metrics.Counted,
            ["dead_lettered"] = metrics.DeadLettered,
            ["pending"] = metrics.Pending,
            ["evicted"] = metrics.Dropped.GetValueOrDefault("evicted"),
        },
        ["dropped"] = Counts(metrics.Dropped),
    };

    public static JsonObject Memory(MemoryMetrics metrics) => new()
    {
        ["total_operations"] = Operations(metrics).Total,
        ["successful_operations"] = Operations(metrics).Total - Operations(metrics).Failed,
        ["failed_operations"] = Operations(metrics).Failed,
        ["backend_switches"] = metrics.Switches,
        ["circuit_breaker_activations"] = metrics.CircuitBreakers.Sum(static circuit => circuit.Opens),
        ["fallback_activations"] = metrics.Fallbacks,
        ["initialization_time"] = metrics.InitializationTime.TotalSeconds,
        ["service_start_time"] = metrics.StartedAt,
    };

    public static JsonObject Orchestrator(MemoryMetrics metrics) => new()
    {
        ["total_triggers"] = metrics.Accepted,
        ["successful_triggers"] = metrics.Stored,
        ["failed_triggers"] = metrics.DeadLettered + metrics.Dropped.Where(static drop => drop.Key != "priority")
            .Sum(static drop => drop.Value),
        ["skipped_triggers"] = metrics.Denied + metrics.Dropped.GetValueOrDefault("priority"),
        ["processing_time_total"] = metrics.Operations.FirstOrDefault(static operation =>
            operation.Operation == "store")?.TotalTime.TotalSeconds ?? 0,
        ["triggers_by_type"] = ByType(metrics),
        ["triggers_by_priority"] =
            Counts(metrics.AcceptedByPriority.ToDictionary(static lane => lane.Key.Name(), static lane => lane.Value)),
        ["last_trigger_time"] = metrics.LastStored,
        ["queue_size"] = metrics.Pending,
        ["active_triggers"] = metrics.Active,
        ["queue_age"] = metrics.QueueAge.TotalSeconds,
        ["enabled"] = metrics.IsCaptureOn,
        ["initialized"] = metrics.Status != MemoryServiceStatus.Offline,
        ["policies"] = PolicyJson.ByType(metrics.TypePolicies),
    };

    public static JsonObject Policies(MemoryMetrics metrics) => new()
    {
        ["total_policies"] = metrics.TotalPolicies,
        ["enabled_policies"] = metrics.EnabledPolicies,
        ["total_rules"] = metrics.Policies.Rules.Count,
        ["policies_by_type"] = PolicyJson.ByType(metrics.TypePolicies),
        ["evaluations"] = metrics.Policies.Evaluations,
        ["errors"] = metrics.Policies.Errors,
        ["executions"] = metrics.Policies.Rules.Sum(static rule => rule.Executions),
        ["successes"] = metrics.Policies.Rules.Sum(static rule => rule.Successes),
        ["failures"] = metrics.Policies.Rules.Sum(static rule => rule.Failures),
    };

    public static JsonObject Hooks(MemoryMetrics metrics) => new()
    {
        ["hooks_executed"] = metrics.Hooks.HooksExecuted,
        ["successful_hooks"] = metrics.Hooks.SuccessfulHooks,
        ["failed_hooks"] = metrics.Hooks.FailedHooks,
        ["memory_captures"] = metrics.Hooks.MemoryCaptures,
        ["average_hook_time"] = metrics.Hooks.AverageHookTime.TotalSeconds,
        ["active_contexts"] = metrics.ActiveContexts,
        ["hooks_by_type"] = Counts(metrics.Hooks.HooksByType),
        ["registered_hooks"] = metrics.Hooks.RegisteredHooks,
        ["enabled"] = metrics.Hooks.Enabled,
    };

    public static JsonObject Reliability(MemoryMetrics metrics)
    {
        var requests = metrics.CircuitBreakers.Sum(static circuit => circuit.Requests);
        var failures = metrics.CircuitBreakers.Sum(static circuit => circuit.Failures);
        return new()
        {
            ["status"] = StatusName(metrics.Status),
            ["circuit_breaker"] = metrics.CircuitBreakers.Count > 0
                ? CircuitJson.Breaker(metrics.CircuitBreakers[0], metrics.Timestamp)
                : null,
            ["metrics"] = new JsonObject
            {
                ["total_requests"] = requests,
                ["successful_requests"] = requests - failures,
                ["failed_requests"] = failures,
                ["success_rate"] = requests > 0 ? 100.0 * (requests - failures) / requests : 100,
                ["failure_rate"] = requests > 0 ? 100.0 * failures / requests : 0,
                ["circuit_breaker_trips"] = metrics.CircuitBreakers.Sum(static circuit => circuit.Opens),
                ["recovery_attempts"] = metrics.RecoveryAttempts,
                ["average_response_time"] = metrics.CircuitBreakers.Count > 0
                    ? metrics.CircuitBreakers[0].AverageResponseTime.TotalSeconds
                    : 0,
                ["last_success_time"] = metrics.CircuitBreakers.Max(static circuit => circuit.LastSuccess),
                ["last_failure_time"] = metrics.CircuitBreakers.Max(static circuit => circuit.LastFailure),
            },
            ["last_health_check"] = metrics.LastHealthCheck,
            ["journal_quarantine"] = new JsonObject
            {
                ["parts"] = metrics.QuarantinedParts,
                ["bytes"] = metrics.QuarantinedBytes,
                ["removed"] = metrics.QuarantineRemoved,
            },
            ["failure_prediction"] = metrics.Prediction is { } prediction
                ? new JsonObject
                {
                    ["signal"] = prediction.Signal,
                    ["expected_in"] = prediction.ExpectedIn.TotalSeconds,
                    ["level"] = prediction.Level,
                    ["limit"] = prediction.Limit,
                }
                : null,
        };
    }

    public static string StatusName(MemoryServiceStatus status) => status.ToString().ToLowerInvariant();

    private static JsonObject Collection(CollectionStatistics collection) => new()
    {
        ["total_operations"] = collection.TotalOperations,
        ["successful_operations"] = collection.SuccessfulOperations,
        ["failed_operations"] = collection.FailedOperations,
        ["retried_operations"] = collection.RetriedOperations,
        ["average_latency"] = collection.AverageLatency.TotalSeconds,
        ["queue_size"] = collection.QueueSize,
        ["batch_operations"] = collection.BatchOperations,
        ["cache_hits"] = collection.CacheHits,
        ["cache_misses"] = collection.CacheMisses,
        ["success_rate"] = 100 * collection.SuccessRate,
    };

    private static JsonObject Monitor(MemoryMetrics metrics) => new()
    {
        ["total_checks"] = metrics.HealthChecks,
        ["successful_checks"] = metrics.SuccessfulHealthChecks,
        ["failed_checks"] = metrics.HealthChecks - metrics.SuccessfulHealthChecks,
        ["total_backends"] = metrics.CircuitBreakers.Count,
        ["healthy_backends"] = metrics.CircuitBreakers.Count(static circuit => circuit.State == CircuitState.Closed),
        ["unhealthy_backends"] = metrics.CircuitBreakers.Count(static circuit => circuit.State != CircuitState.Closed),
        ["health_check_interval"] = metrics.HealthCheckInterval.TotalSeconds,
        ["overall_uptime"] = metrics.UptimePercentage,
        ["active_alerts"] = metrics.ActiveAlerts.Count,
        ["alerts_generated"] = metrics.AlertsRaised,
        ["alerts_resolved"] = metrics.AlertsRaised - metrics.ActiveAlerts.Count,
        ["monitoring_start_time"] = metrics.StartedAt,
        ["monitoring_duration"] = (metrics.Timestamp - metrics.StartedAt).TotalSeconds,
        ["last_check"] = metrics.LastHealthCheck,
    };

    // Those of a chain are the calls of its stores: one that another store answered has failed all the same.
    private static (long Total, long Failed) Operations(MemoryMetrics metrics) => metrics.CircuitBreakers.Count > 1
        ? (metrics.CircuitBreakers.Sum(static circuit => circuit.Requests), metrics.CircuitBreakers.Sum(static circuit => circuit.Failures))
        : (metrics.Operations.Sum(static operation => operation.TotalCalls),
            metrics.Operations.Sum(static operation => operation.FailedCalls));

    private static JsonObject ByType(MemoryMetrics metrics) =>
        Counts(metrics.StoredByType.ToDictionary(static type => type.Key.Name(), static type => type.Value));

    private static JsonObject Counts(IReadOnlyDictionary<string, long> counts)
    {
        var node = new JsonObject();
        foreach (var (name, count) in counts.OrderBy(static count => count.Key, StringComparer.Ordinal)) node[name] = count;
        return node;
    }
}
