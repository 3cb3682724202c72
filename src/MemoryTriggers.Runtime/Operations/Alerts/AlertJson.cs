using System.Text.Json;

namespace MemoryTriggers.Operations;

/// <summary>An alert as JSON: for webhooks, and in the metrics.</summary>
internal sealed class AlertJson(MemoryAlert alert)
{
    public string Id => alert.Id;

    public string Kind => AlertNames.Of(alert.Kind);

    public string State => StateOf(alert);

    public string Message => alert.Message;

    public double Value => alert.Value;

    public double Threshold => alert.Threshold;

    public DateTimeOffset RaisedAt => alert.RaisedAt;

    public DateTimeOffset? ResolvedAt => alert.ResolvedAt;

    public static byte[] Write(MemoryAlert alert) =>
        JsonSerializer.SerializeToUtf8Bytes(new AlertJson(alert), AlertJsonContext.Default.AlertJson);

    public static string StateOf(MemoryAlert alert) => alert.IsResolved ? "resolved" : "raised";
}
