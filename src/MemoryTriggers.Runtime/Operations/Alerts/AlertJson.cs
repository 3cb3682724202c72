using System.Text;
using System.Text.Json.Nodes;

namespace MemoryTriggers.Operations;

/// <summary>An alert as JSON: for webhooks, and in the metrics.</summary>
internal static class AlertJson
{
    public static byte[] Write(MemoryAlert alert) => Encoding.UTF8.GetBytes(ToNode(alert).ToJsonString());

    public static string State(MemoryAlert alert) => alert.IsResolved ? "resolved" : "raised";

    public static JsonObject ToNode(MemoryAlert alert) => new()
    {
        ["id"] = alert.Id,
        ["kind"] = AlertNames.Of(alert.Kind),
        ["state"] = State(alert),
        ["message"] = alert.Message,
        ["value"] = alert.Value,
        ["threshold"] = alert.Threshold,
        ["raised_at"] = alert.RaisedAt,
        ["resolved_at"] = alert.ResolvedAt,
    };
}
