using System.Collections;
using System.Globalization;
using System.Text.Json.Nodes;
using MemoryTriggers.Memories;

namespace MemoryTriggers.Policies;

/// <summary>The memory of a made-up event. Known names fill its members; all of them are its metadata.</summary>
internal static class ContextEntry
{
    private const string DefaultKey = "test_operation";

    public static MemoryEntry Of(JsonObject context, string? project, DateTimeOffset now) => new()
    {
        Id = MemoryIds.Next(now),
        Key = Text(context, "operation") ?? Text(context, "key") ?? DefaultKey,
        Content = Text(context, "content") ?? Text(context, "message") ?? "",
        Category = Text(context, "category") ?? MemoryCategories.Project,
        Project = Text(context, "project") ?? project ?? MemoryEntry.UnknownProject,
        Source = Text(context, "source") ?? "cli",
        TriggerType = TriggerNames.TryParseType(Text(context, "trigger_type") ?? Text(context, "type"), out var type) ? type : null,
        Priority = TriggerNames.TryParsePriority(Text(context, "priority"), out var priority) ? priority : TriggerPriority.Medium,
        Outcome = Text(context, "success") == "false" ? TriggerOutcome.Failure : TriggerOutcome.Success,
        Tags = context["tags"] is JsonArray tags ? [.. tags.Select(static tag => tag?.ToString() ?? "").Distinct()] : [],
        Value = MemoryValue.Of((JsonNode)new JsonObject { ["metadata"] = context.DeepClone() }),
        CreatedAt = now,
        UpdatedAt = now,
    };

    public static JsonObject ToJson(IEnumerable<KeyValuePair<string, object?>> values)
    {
        var node = new JsonObject();
        foreach (var (name, value) in values) node[name] = ToNode(value);
        return node;
    }

    private static JsonNode? ToNode(object? value) => value switch
    {
        null => null,
        JsonNode node => node.DeepClone(),
        string text => JsonValue.Create(text),
        bool truth => JsonValue.Create(truth),
        int number => JsonValue.Create(number),
        long number => JsonValue.Create(number),
        double number => JsonValue.Create(number),
        decimal number => JsonValue.Create(number),
        DateTimeOffset time => JsonValue.Create(time),
        DateTime time => JsonValue.Create(time),
        IEnumerable<KeyValuePair<string, object?>> values => ToJson(values),
        IEnumerable items => new JsonArray([.. items.Cast<object?>().Select(ToNode)]),
        _ => JsonValue.Create(Convert.ToString(value, CultureInfo.InvariantCulture)),
    };

    private static string? Text(JsonObject context, string name) => context[name] is JsonValue value ? value.ToString() : null;
}
