using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MemoryTriggers.Decoding;
using MemoryTriggers.Transfer;

namespace MemoryTriggers.Backends.Mem0;

/// <summary>
/// A memory as mem0 keeps it: the line is its text, so that mem0 searches it; the whole entry is in the metadata, and beside it what one
/// filters by. All names begin with <c>mt_</c>: mem0 drops some names of its own from metadata.
/// </summary>
internal static class Mem0Entry
{
    public const string Id = "mt_id";
    private const string Entry = "mt_entry";

    /// <summary>The text that mem0 searches. Must not be empty.</summary>
    public static string Text(MemoryEntry entry) => string.IsNullOrWhiteSpace(entry.Content) ? "-" : entry.Content;

    public static JsonObject Metadata(MemoryEntry entry)
    {
        var metadata = new JsonObject
        {
            [Id] = entry.Id.ToString(),
            [Entry] = JsonSerializer.Serialize(entry, MemoryJson.Compact.MemoryEntry),
        };
        foreach (var (name, value) in Fields(entry)) metadata[name] = value;
        return metadata;
    }

    /// <summary>The equality filters of a query, as the hosted server supports them.</summary>
    public static IEnumerable<(string Name, string Value)> Filters(MemoryQuery query)
    {
        if (!query.AllProjects && query.Project is { } project) yield return ("mt_project", project);
        if (query.Category is { } category) yield return ("mt_category", category);
        if (query.Key is { } key) yield return ("mt_key", key);
        if (query.EntityType is { } type) yield return ("mt_entity_type", type);
        if (query.EntityId is { } id) yield return ("mt_entity_id", id);
        if (query.Source is { } source) yield return ("mt_source", source);
        if (query.TriggerType is { } trigger) yield return ("mt_trigger_type", trigger.Name());
        if (query.Outcome is { } outcome) yield return ("mt_outcome", outcome.Name());
    }

    /// <summary>The memory in an item of an answer; <see langword="null"/> when it is none of ours.</summary>
    public static (string RemoteId, MemoryEntry Entry)? Read(JsonElement item)
    {
        if (!item.TryGetProperty("id", out var id) || id.ValueKind != JsonValueKind.String) return null;
        if (!item.TryGetProperty("metadata", out var metadata) || metadata.ValueKind != JsonValueKind.Object) return null;
        if (!metadata.TryGetProperty(Entry, out var text) || text.ValueKind != JsonValueKind.String) return null;
        try
        {
            return (id.GetString()!, ContextUser.Fill(MemoryLine.Read(Encoding.UTF8.GetBytes(text.GetString()!))));
        }
        catch (FormatException)
        {
            // Another client has written under our name.
            return null;
        }
    }

    private static IEnumerable<(string Name, string? Value)> Fields(MemoryEntry entry) =>
    [
        ("mt_project", entry.Project), ("mt_category", entry.Category), ("mt_key", entry.Key), ("mt_entity_type", entry.EntityType),
        ("mt_entity_id", entry.EntityId),
        ("mt_source", entry.Source), ("mt_trigger_type", entry.TriggerType?.Name()), ("mt_outcome", entry.Outcome.Name()),
        ("mt_session", entry.Provenance.SessionId), ("mt_user", entry.Provenance.UserId),
    ];
}
