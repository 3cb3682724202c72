using System.Text.Json.Nodes;
using MemoryTriggers.Circuits;

namespace MemoryTriggers.Operations;

/// <summary>Circuit breakers with the keys of the reference. Rates are shares from 0 to 1, times seconds.</summary>
internal static class CircuitJson
{
    public static JsonObject Breakers(MemoryMetrics metrics)
    {
        var node = new JsonObject();
        foreach (var circuit in metrics.CircuitBreakers) node[circuit.Backend] = Breaker(circuit, metrics.Timestamp);
        return node;
    }

    public static JsonObject Breaker(CircuitBreakerStatus circuit, DateTimeOffset now) => new()
    {
        ["state"] = CircuitNames.Of(circuit.State),
        ["state_since"] = circuit.StateSince,
        ["isolated"] = circuit.IsIsolated,
        ["consecutive_failures"] = circuit.ConsecutiveFailures,
        ["failure_count"] = circuit.WindowFailures,
        ["slow_call_count"] = circuit.WindowSlow,
        ["total_calls"] = circuit.WindowCalls,
        ["failure_rate"] = circuit.FailureRate,
        ["slow_call_rate"] = circuit.SlowCallRate,
        ["last_failure_time"] = circuit.LastFailure,
        ["time_since_last_failure"] = (now - circuit.LastFailure)?.TotalSeconds,
        ["test_request_count"] = circuit.Probes,
        ["success_count"] = circuit.ProbeSuccesses,
        ["metrics"] = new JsonObject
        {
            ["total_requests"] = circuit.Requests,
            ["successful_requests"] = circuit.Successes,
            ["failed_requests"] = circuit.Failures,
            ["slow_requests"] = circuit.Slow,
            ["circuit_opens"] = circuit.Opens,
            ["circuit_closes"] = circuit.Closes,
            ["fallback_triggers"] = circuit.Rejected,
            ["recovery_attempts"] = circuit.RecoveryAttempts,
        },
        ["config"] = new JsonObject
        {
            ["failure_threshold"] = circuit.Options.FailureThreshold,
            ["recovery_timeout"] = circuit.Options.RecoveryTimeout.TotalSeconds,
            ["test_requests"] = circuit.Options.MaxProbes,
            ["success_threshold"] = circuit.Options.SuccessThreshold,
            ["slow_call_threshold"] = circuit.Options.SlowCall.TotalSeconds,
            ["slow_call_rate_threshold"] = circuit.Options.SlowCallRate,
        },
    };

    public static JsonObject Summary(IReadOnlyList<CircuitBreakerStatus> circuits) => new()
    {
        ["total_circuit_breakers"] = circuits.Count,
        ["open_circuit_breakers"] = circuits.Count(static circuit => circuit.State == CircuitState.Open),
        ["half_open_circuit_breakers"] = circuits.Count(static circuit => circuit.State == CircuitState.HalfOpen),
        ["closed_circuit_breakers"] = circuits.Count(static circuit => circuit.State == CircuitState.Closed),
        ["circuit_breaker_names"] = new JsonArray([.. circuits.Select(static circuit => (JsonNode)circuit.Backend)]),
    };
}
