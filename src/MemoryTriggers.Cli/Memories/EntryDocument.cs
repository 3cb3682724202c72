using System.Text.Json;
using System.Text.Json.Nodes;

namespace MemoryTriggers.Cli.Memories;

/// <summary>
/// Memories as documents: the form in which the JSON store keeps them. By hand, because a serializer takes longer to get ready than a whole
/// command may.
/// </summary>
internal static class EntryDocument
{
    public static JsonObject Of(MemoryEntry entry)
    {
        var document = new JsonObject
        {
            ["id"] = entry.Id.ToString(),
            ["category"] = entry.Category,
            ["key"] = entry.Key,
            ["content"] = entry.Content,
            ["value"] = Value(entry.Value),
            ["tags"] = Array(entry.Tags),
        };
        Put(document, "entity_type", entry.EntityType);
        Put(document, "entity_id", entry.EntityId);
        Put(document, "project", entry.Project);
        Put(document, "source", entry.Source);
        Put(document, "trigger_type", entry.TriggerType?.Name());
        Put(document, "priority", entry.Priority.Name());
        Put(document, "outcome", entry.Outcome.Name());
        Put(document, "duration", entry.Duration.ToString("c"));
        if (entry.QualityScore is { } score) document["quality_score"] = score;
        Put(document, "created_at", entry.CreatedAt);
        Put(document, "updated_at", entry.UpdatedAt);
        Put(document, "expires_at", entry.ExpiresAt);
        Put(document, "trace_id", entry.TraceId);
        Put(document, "span_id", entry.SpanId);
        Put(document, "parent_id", entry.ParentId?.ToString());
        Put(document, "superseded_by", entry.SupersededBy?.ToString());
        Put(document, "superseded_at", entry.SupersededAt);
        document["occurrences"] = entry.Occurrences;
        Put(document, "last_seen_at", entry.LastSeenAt);
        Put(document, "similar_to", entry.SimilarTo?.ToString());
        document["provenance"] = Of(entry.Provenance);
        return document;
    }

    public static JsonObject Of(MemoryHit hit) => new()
    {
        ["score"] = hit.Score,
        ["matched_words"] = Array(hit.MatchedWords),
        ["memory"] = Of(hit.Entry),
    };

    public static JsonArray Of(IEnumerable<MemoryEntry> entries) => new([.. entries.Select(Of)]);

    public static JsonArray Array(IEnumerable<string> texts) => new([.. texts.Select(static text => (JsonNode)text)]);

    private static JsonObject Of(Provenance provenance)
    {
        var document = new JsonObject { ["module"] = provenance.Module, ["task_id"] = provenance.TaskId };
        Put(document, "session_id", provenance.SessionId);
        Put(document, "user_id", provenance.UserId);
        Put(document, "created_by", provenance.CreatedBy);
        Put(document, "created_at", provenance.CreatedAt);
        Put(document, "updated_by", provenance.UpdatedBy);
        Put(document, "updated_at", provenance.UpdatedAt);
        return document;
    }

    private static JsonNode? Value(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Undefined => new JsonObject(),
        JsonValueKind.Object => JsonObject.Create(value),
        JsonValueKind.Array => JsonArray.Create(value),
        _ => JsonValue.Create(value),
    };

    private static void Put(JsonObject document, string name, string? text)
    {
        if (text is not null) document[name] = text;
    }

    private static void Put(JsonObject document, string name, DateTimeOffset? time)
    {
        if (time is { } known) document[name] = known;
    }
}
