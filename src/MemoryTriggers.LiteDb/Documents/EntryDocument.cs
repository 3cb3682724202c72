using System.Buffers.Binary;
using System.Text.Json;
using LiteDB;

namespace MemoryTriggers.Documents;

/// <summary>How a memory is kept as a document. What has no value has no field.</summary>
internal static class EntryDocument
{
    /// <summary>Time and id, so that one index has the order of answers. Also the order in which a binary value is compared.</summary>
    public const string Order = "order";

    /// <summary>Checksums of what is looked up; see <see cref="EntryKeys"/>.</summary>
    public const string Keys = "keys";

    public static BsonDocument Write(MemoryEntry entry)
    {
        var document = new BsonDocument
        {
            ["_id"] = entry.Id,
            [Order] = OrderOf(entry.CreatedAt, entry.Id),
            ["at"] = entry.CreatedAt.UtcTicks,
            ["updated"] = entry.UpdatedAt.UtcTicks,
            ["project"] = entry.Project,
            ["category"] = entry.Category,
            ["key"] = entry.Key,
            ["content"] = entry.Content,
            ["value"] = entry.Value.ValueKind == JsonValueKind.Undefined ? "{}" : entry.Value.GetRawText(),
            ["tags"] = new BsonArray(entry.Tags.Select(static tag => new BsonValue(tag))),
            ["source"] = entry.Source,
            ["priority"] = entry.Priority.Name(),
            ["outcome"] = entry.Outcome.Name(),
            ["duration"] = entry.Duration.Ticks,
            ["occurrences"] = entry.Occurrences,
            ["module"] = entry.Provenance.Module,
            ["task"] = entry.Provenance.TaskId,
        };
        Put(document, "entity_type", entry.EntityType);
        Put(document, "entity_id", entry.EntityId);
        Put(document, "type", entry.TriggerType?.Name());
        Put(document, "trace", entry.TraceId);
        Put(document, "span", entry.SpanId);
        Put(document, "session", entry.Provenance.SessionId);
        Put(document, "user", entry.Provenance.UserId);
        Put(document, "made_by", entry.Provenance.CreatedBy);
        Put(document, "changed_by", entry.Provenance.UpdatedBy);
        if (entry.QualityScore is { } quality) document["quality"] = quality;
        if (entry.ParentId is { } parent) document["parent"] = parent;
        if (entry.SupersededBy is { } successor) document["superseded_by"] = successor;
        if (entry.SimilarTo is { } similar) document["similar"] = similar;
        Put(document, "expires", entry.ExpiresAt);
        Put(document, "superseded", entry.SupersededAt);
        Put(document, "last_seen", entry.LastSeenAt);
        Put(document, "made", entry.Provenance.CreatedAt);
        Put(document, "changed", entry.Provenance.UpdatedAt);
        document[Keys] = new BsonArray(EntryKeys.Of(entry).Distinct().Select(static key => new BsonValue(key)));
        return document;
    }

    public static MemoryEntry Read(BsonDocument document) => new()
    {
        Id = document["_id"].AsGuid,
        CreatedAt = Time(document["at"]),
        UpdatedAt = Time(document["updated"]),
        Project = document["project"].AsString,
        Category = document["category"].AsString,
        Key = document["key"].AsString,
        Content = document["content"].AsString,
        Value = JsonElement.Parse(document["value"].AsString),
        Tags = [.. document["tags"].AsArray.Select(static tag => tag.AsString)],
        Source = document["source"].AsString,
        Priority = TriggerNames.TryParsePriority(document["priority"].AsString, out var priority) ? priority : TriggerPriority.Medium,
        Outcome = OutcomeOf(document),
        Duration = TimeSpan.FromTicks(document["duration"].AsInt64),
        Occurrences = document["occurrences"].AsInt64,
        EntityType = TextOrNull(document["entity_type"]),
        EntityId = TextOrNull(document["entity_id"]),
        TriggerType = TriggerNames.TryParseType(TextOrNull(document["type"]), out var type) ? type : null,
        TraceId = TextOrNull(document["trace"]),
        SpanId = TextOrNull(document["span"]),
        QualityScore = QualityOf(document),
        ParentId = GuidOrNull(document["parent"]),
        SupersededBy = GuidOrNull(document["superseded_by"]),
        SimilarTo = GuidOrNull(document["similar"]),
        ExpiresAt = TimeOrNull(document["expires"]),
        SupersededAt = TimeOrNull(document["superseded"]),
        LastSeenAt = TimeOrNull(document["last_seen"]),
        Provenance = new Provenance
        {
            Module = document["module"].AsString,
            TaskId = document["task"].AsString,
            SessionId = TextOrNull(document["session"]),
            UserId = TextOrNull(document["user"]),
            CreatedBy = TextOrNull(document["made_by"]),
            CreatedAt = TimeOrNull(document["made"]),
            UpdatedBy = TextOrNull(document["changed_by"]),
            UpdatedAt = TimeOrNull(document["changed"]),
        },
    };

    public static byte[] OrderOf(DateTimeOffset time, Guid id)
    {
        var order = new byte[24];
        BinaryPrimitives.WriteInt64BigEndian(order, time.UtcTicks);
        id.TryWriteBytes(order.AsSpan(8), bigEndian: true, out _);
        return order;
    }

    public static TriggerOutcome OutcomeOf(BsonDocument document) =>
        TriggerNames.TryParseOutcome(document["outcome"].AsString, out var outcome) ? outcome : TriggerOutcome.Success;

    public static double? QualityOf(BsonDocument document) => document["quality"] is { IsNull: false } quality ? quality.AsDouble : null;

    public static string? TextOrNull(BsonValue value) => value.IsNull ? null : value.AsString;

    private static DateTimeOffset Time(BsonValue value) => new(value.AsInt64, TimeSpan.Zero);

    private static DateTimeOffset? TimeOrNull(BsonValue value) => value.IsNull ? null : Time(value);

    private static Guid? GuidOrNull(BsonValue value) => value.IsNull ? null : value.AsGuid;

    private static void Put(BsonDocument document, string name, string? value)
    {
        if (value is not null) document[name] = value;
    }

    private static void Put(BsonDocument document, string name, DateTimeOffset? time)
    {
        if (time is { } given) document[name] = given.UtcTicks;
    }
}
