using System.Text.Json.Nodes;

namespace MemoryTriggers.Operations;

/// <summary>The times of the store with the keys of the reference, in seconds; success rates are in percent.</summary>
internal static class PerformanceJson
{
    public static JsonObject ToNode(MemoryMetrics metrics)
    {
        return new()
        {
            ["global_metrics"] = new JsonObject
            {
                ["total_operations"] = metrics.Operations.Sum(static operation => operation.TotalCalls),
                ["total_time"] = metrics.Operations.Sum(static operation => operation.TotalTime.TotalSeconds),
                ["backend_switches"] = metrics.Switches,
                ["circuit_breaker_opens"] = metrics.CircuitBreakers.Sum(static circuit => circuit.Opens),
                ["fallback_activations"] = metrics.Fallbacks,
                ["start_time"] = metrics.StartedAt,
            },
            ["total_backends"] = metrics.CircuitBreakers.Count,
            ["backend_performance"] = Backends(metrics),
            ["fastest_backend"] = metrics.CircuitBreakers.Where(static circuit => circuit.Requests > 0)
                .MinBy(static circuit => circuit.AverageResponseTime)?.Backend,
            ["most_reliable_backend"] = metrics.CircuitBreakers.MaxBy(static circuit => circuit.SuccessRate)?.Backend,
            ["slowest_operation"] = metrics.Operations.MaxBy(static operation => operation.AverageTime)?.Operation,
            ["uptime"] = (metrics.Timestamp - metrics.StartedAt).TotalSeconds,
        };
    }

    // The operations of a chain are those of no single store: each store has what its circuit has measured.
    private static JsonObject Backends(MemoryMetrics metrics)
    {
        if (metrics.CircuitBreakers.Count > 1)
            return new(metrics.CircuitBreakers.Select(static circuit => KeyValuePair.Create(circuit.Backend, (JsonNode?)Store(circuit))));
        var operations = metrics.Operations.Select(static operation =>
            KeyValuePair.Create(operation.Operation, (JsonNode?)Operation(operation)));
        return new JsonObject { [metrics.ActiveBackend] = new JsonObject(operations) };
    }

    private static JsonObject Store(CircuitBreakerStatus circuit) => new()
    {
        ["all"] = new JsonObject
        {
            ["total_calls"] = circuit.Requests,
            ["successful_calls"] = circuit.Successes,
            ["failed_calls"] = circuit.Failures,
            ["success_rate"] = 100 * circuit.SuccessRate,
            ["avg_response_time"] = circuit.AverageResponseTime.TotalSeconds,
        },
    };

    private static JsonObject Operation(OperationMetrics operation) => new()
    {
        ["total_calls"] = operation.TotalCalls,
        ["successful_calls"] = operation.SuccessfulCalls,
        ["failed_calls"] = operation.FailedCalls,
        ["success_rate"] = 100 * operation.SuccessRate,
        ["avg_response_time"] = operation.AverageTime.TotalSeconds,
        ["min_response_time"] = operation.MinTime.TotalSeconds,
        ["max_response_time"] = operation.MaxTime.TotalSeconds,
        ["percentiles"] = new JsonObject
        {
            ["p50"] = operation.P50.TotalSeconds,
            ["p75"] = operation.P75.TotalSeconds,
            ["p90"] = operation.P90.TotalSeconds,
            ["p95"] = operation.P95.TotalSeconds,
            ["p99"] = operation.P99.TotalSeconds,
        },
    };
}
