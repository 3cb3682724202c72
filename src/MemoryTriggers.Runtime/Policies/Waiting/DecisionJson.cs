using System.Text.Json;
using MemoryTriggers.Transfer;

namespace MemoryTriggers.Policies;

/// <summary>
/// A decision as it waits on disk: the memory, and what its actions need. Why it was decided is in the traces, and what an action depends
/// on was asked before.
/// </summary>
internal static class DecisionJson
{
    public static byte[] Write(PolicyDecision decision)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("verdict", (int)decision.Verdict);
            json.WritePropertyName("memory");
            JsonSerializer.Serialize(json, decision.Entry, MemoryJson.Compact.MemoryEntry);
            json.WriteStartArray("actions");
            foreach (var call in decision.Actions) Write(json, call);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    /// <exception cref="JsonException">It is something else.</exception>
    /// <exception cref="InvalidOperationException">It is something else.</exception>
    /// <exception cref="KeyNotFoundException">It is something else.</exception>
    /// <exception cref="FormatException">It is something else.</exception>
    public static PolicyDecision Read(ReadOnlySpan<byte> text)
    {
        var root = JsonElement.Parse(text);
        var entry = MemoryLine.Read(root.GetProperty("memory"));
        return new PolicyDecision((PolicyVerdict)root.GetProperty("verdict").GetInt32(), entry, [],
            [.. root.GetProperty("actions").EnumerateArray().Select(ReadCall)]);
    }

    private static void Write(Utf8JsonWriter json, PolicyActionCall call)
    {
        var action = call.Action;
        json.WriteStartObject();
        json.WriteString("rule", call.Rule);
        json.WriteNumber("position", call.Position);
        json.WriteString("type", action.Type);
        Write(json, "configured", action.Parameters);
        Write(json, "parameters", call.Parameters);
        json.WriteStartArray("missing");
        foreach (var name in call.MissingNames) json.WriteStringValue(name);
        json.WriteEndArray();
        json.WriteNumber("priority", action.Priority);
        json.WriteBoolean("async", action.AsyncExecution);
        json.WriteNumber("retries", action.RetryCount);
        json.WriteNumber("retry_delay", action.RetryDelay.Ticks);
        if (action.Timeout is { } timeout) json.WriteNumber("timeout", timeout.Ticks);
        // Other conditions were answered before; this one asks for the result of an action before.
        if (LateNames.AreIn(action.Condition)) ConditionJson.Write(json, "condition", action.Condition!);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, JsonElement parameters)
    {
        if (parameters.ValueKind == JsonValueKind.Undefined) return;
        json.WritePropertyName(name);
        parameters.WriteTo(json);
    }

    private static PolicyActionCall ReadCall(JsonElement call) => new(
        call.GetProperty("rule").GetString()!,
        call.GetProperty("position").GetInt32(),
        new PolicyAction
        {
            Type = call.GetProperty("type").GetString()!,
            Parameters = Parameters(call, "configured"),
            Priority = call.GetProperty("priority").GetInt32(),
            AsyncExecution = call.GetProperty("async").GetBoolean(),
            RetryCount = call.GetProperty("retries").GetInt32(),
            RetryDelay = new TimeSpan(call.GetProperty("retry_delay").GetInt64()),
            Timeout = call.TryGetProperty("timeout", out var timeout) ? new TimeSpan(timeout.GetInt64()) : null,
            Condition = call.TryGetProperty("condition", out var condition) ? ConditionJson.Read(condition) : null,
        },
        Parameters(call, "parameters"),
        [.. call.GetProperty("missing").EnumerateArray().Select(static name => name.GetString()!)]);

    private static JsonElement Parameters(JsonElement call, string name) =>
        call.TryGetProperty(name, out var parameters) ? parameters : default;
}
