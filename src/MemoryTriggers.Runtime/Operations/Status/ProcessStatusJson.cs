using System.Text.Json.Nodes;

namespace MemoryTriggers.Operations;

/// <summary>
/// The status of a process for tools: the circuit of each store, and the reliability, with the keys of health and metrics.
/// </summary>
internal static class ProcessStatusJson
{
    public static JsonObject ToNode(MemoryMetrics metrics) => new()
    {
        ["process_id"] = Environment.ProcessId,
        ["at"] = metrics.Timestamp,
        ["started_at"] = metrics.StartedAt,
        ["status"] = MetricsJson.StatusName(metrics.Status),
        ["active_backend"] = metrics.ActiveBackend,
        ["circuit_breakers"] = CircuitJson.Breakers(metrics),
        ["reliability"] = MetricsJson.Reliability(metrics)["metrics"]!.DeepClone(),
        ["stored"] = metrics.Stored,
        ["pending"] = metrics.Pending,
        ["dead_lettered"] = metrics.DeadLettered,
        ["last_flush"] = metrics.LastStored,
    };
}
