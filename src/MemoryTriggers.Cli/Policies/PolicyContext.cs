using System.Text.Json;
using System.Text.Json.Nodes;
using MemoryTriggers.Cli.Conventions;
using MemoryTriggers.Memories;

namespace MemoryTriggers.Cli.Policies;

/// <summary>A made-up event that rules are tried on: a JSON object becomes a memory.</summary>
internal static class PolicyContext
{
    public static JsonObject Default(DateTimeOffset now) => new()
    {
        ["agent_name"] = "test_agent",
        ["operation"] = "test_operation",
        ["success"] = true,
        ["timestamp"] = now,
        ["environment"] = "testing",
    };

    /// <param name="given">JSON, or <c>@</c> and the name of a file with it.</param>
    /// <exception cref="CommandException">It is no JSON object.</exception>
    public static JsonObject Read(string given)
    {
        try
        {
            var text = given.StartsWith('@') ? File.ReadAllText(given[1..]) : File.Exists(given) ? File.ReadAllText(given) : given;
            return JsonNode.Parse(text) as JsonObject
                ?? throw new CommandException("The context must be a JSON object.", ExitCodes.WrongUsage);
        }
        catch (JsonException exception)
        {
            throw new CommandException($"The context is no JSON: {exception.Message}", ExitCodes.WrongUsage, exception);
        }
    }

    /// <summary>The memory of such an event. Known names fill its members; all of them are its metadata.</summary>
    public static MemoryEntry Entry(JsonObject context, string? project, DateTimeOffset now) => new()
    {
        Id = MemoryIds.Next(now),
        Key = Text(context, "operation") ?? Text(context, "key") ?? "test_operation",
        Content = Text(context, "content") ?? Text(context, "message") ?? "",
        Category = Text(context, "category") ?? MemoryCategories.Project,
        Project = Text(context, "project") ?? project ?? MemoryEntry.UnknownProject,
        Source = Text(context, "source") ?? "cli",
        TriggerType = TriggerNames.TryParseType(Text(context, "trigger_type") ?? Text(context, "type"), out var type) ? type : null,
        Priority = TriggerNames.TryParsePriority(Text(context, "priority"), out var priority) ? priority : TriggerPriority.Medium,
        Outcome = Text(context, "success") == "false" ? TriggerOutcome.Failure : TriggerOutcome.Success,
        Tags = context["tags"] is JsonArray tags ? [.. tags.Select(static tag => tag?.ToString() ?? "").Distinct()] : [],
        Value = MemoryValue.Of(new JsonObject { ["metadata"] = context.DeepClone() }),
        CreatedAt = now,
        UpdatedAt = now,
    };

    private static string? Text(JsonObject context, string name) => context[name] is JsonValue value ? value.ToString() : null;
}
