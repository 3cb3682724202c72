using System.Text.Json;
using System.Text.Json.Nodes;
using MemoryTriggers.Decoding;

namespace MemoryTriggers.Delivery.Echoes;

/// <summary>
/// Puts what an outer operation knows of a failure into the memory of the innermost one: its name, arguments and exception under
/// <c>passed</c>, its metadata and tags beside those that are there, and in the line how the request was answered.
/// </summary>
internal static class EchoMerge
{
    private const string Passed = "passed";
    private const string Metadata = "metadata";
    private const int MostPassed = 16;

    /// <summary>The memory with the other one in it. A second time it does not change.</summary>
    public static MemoryEntry Into(MemoryEntry first, MemoryEntry echo)
    {
        var value = Object(first.Value);
        var outer = Object(echo.Value);
        var passed = value[Passed] as JsonArray ?? [];
        var operation = Operation(echo, outer, value);
        var isNew = passed.Count < MostPassed && !passed.Any(known => JsonNode.DeepEquals(known, operation));
        if (isNew) passed.Add((JsonNode)operation);
        value[Passed] ??= passed;
        if (outer[Metadata] is JsonObject metadata) AddTo(value, metadata);
        return first with
        {
            Value = JsonElement.Parse(value.ToJsonString(CompactJson.Options)),
            Content = isNew ? Line(first.Content, echo, outer) : first.Content,
            Tags = [.. first.Tags.Union(echo.Tags.Where(static tag => tag != ErrorFingerprint.EchoTag), StringComparer.Ordinal)],
            Priority = first.Priority < echo.Priority ? first.Priority : echo.Priority,
            ParentId = first.ParentId == echo.Id ? echo.ParentId : first.ParentId,
        };
    }

    private static JsonObject Object(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object ? JsonObject.Create(value) ?? [] : [];

    private static JsonObject Operation(MemoryEntry echo, JsonObject outer, JsonObject inner)
    {
        var operation = new JsonObject { ["operation"] = echo.Key };
        if (outer["arguments"] is { } arguments) operation["arguments"] = arguments.DeepClone();
        // The same exception is there already; one that wraps it is not.
        if (outer["exception"] is JsonArray { Count: > 0 } chain && Name(chain) is { } name
            && name != Name(inner["exception"] as JsonArray))
            operation["exception"] = name;
        return operation;
    }

    private static string? Name(JsonArray? chain) =>
        chain is [JsonObject first, ..] ? $"{(string?)first["type"]}: {(string?)first["message"]}" : null;

    private static void AddTo(JsonObject value, JsonObject metadata)
    {
        if (value[Metadata] is not JsonObject known) value[Metadata] = known = [];
        foreach (var (name, part) in metadata) known.TryAdd(name, part?.DeepClone());
    }

    private static string Line(string content, MemoryEntry echo, JsonObject outer) =>
        outer[Metadata] is JsonObject metadata && metadata["verb"] is not null && metadata["status"] is { } status
            ? $"{content}; {echo.Key} answered {status}"
            : content;
}
