using System.Text.Json;
using System.Text.Unicode;
using MemoryTriggers.Sqlite;
using Microsoft.Data.Sqlite;

namespace MemoryTriggers.Backends.Sqlite;

/// <summary>Which column holds which property of a memory, for writing and for reading.</summary>
internal static class EntryColumns
{
    private static readonly string[] Names =
    [
        "id", "project", "category", "key", "content", "value", "tags", "entity_type", "entity_id", "source",
        "trigger_type", "priority", "outcome", "duration", "quality_score", "created_at", "updated_at", "expires_at",
        "trace_id", "span_id", "parent_id", "superseded_by", "module", "task_id", "made_by", "made_at", "changed_by",
        "changed_at", "session_id", "superseded_at", "occurrences", "last_seen_at", "similar_to", "user_id",
    ];

    public static int Count => Names.Length;

    public static string Select { get; } = string.Join(", ", Names.Select(name => "m." + name));

    /// <summary>The same of a table that may be older; columns that it does not have are empty.</summary>
    public static string SelectOf(IReadOnlySet<string> columns) => string.Join(", ", Names.Select(name =>
        columns.Contains(name) ? "m." + name : name == "occurrences" ? "1" : "NULL"));

    public static string Insert { get; } =
        $"INSERT INTO memory ({string.Join(", ", Names)}) VALUES ({string.Join(", ", Names.Select((_, i) => $"?{i + 1}"))}) "
        + "ON CONFLICT (id) DO NOTHING";

    public static string Update { get; } =
        $"UPDATE memory SET {string.Join(", ", Names.Skip(1).Select((name, i) => $"{name} = ?{i + 2}"))} WHERE id = ?1";

    public static void Bind(SqliteStatement statement, MemoryEntry entry) => statement
        .Bind(1, entry.Id)
        .Bind(2, entry.Project)
        .Bind(3, entry.Category)
        .Bind(4, entry.Key)
        .Bind(5, entry.Content)
        .Bind(6, entry.Value.ValueKind == JsonValueKind.Undefined ? "{}" : entry.Value.GetRawText())
        .Bind(7, TagList.Write(entry.Tags))
        .Bind(8, entry.EntityType)
        .Bind(9, entry.EntityId)
        .Bind(10, entry.Source)
        .Bind(11, entry.TriggerType?.Name())
        .Bind(12, entry.Priority.Name())
        .Bind(13, entry.Outcome.Name())
        .Bind(14, entry.Duration.Ticks)
        .Bind(15, entry.QualityScore)
        .Bind(16, entry.CreatedAt.UtcTicks)
        .Bind(17, entry.UpdatedAt.UtcTicks)
        .Bind(18, entry.ExpiresAt?.UtcTicks)
        .Bind(19, entry.TraceId)
        .Bind(20, entry.SpanId)
        .Bind(21, entry.ParentId)
        .Bind(22, entry.SupersededBy)
        .Bind(23, entry.Provenance.Module)
        .Bind(24, entry.Provenance.TaskId)
        .Bind(25, entry.Provenance.CreatedBy)
        .Bind(26, entry.Provenance.CreatedAt?.UtcTicks)
        .Bind(27, entry.Provenance.UpdatedBy)
        .Bind(28, entry.Provenance.UpdatedAt?.UtcTicks)
        .Bind(29, entry.Provenance.SessionId)
        .Bind(30, entry.SupersededAt?.UtcTicks)
        .Bind(31, entry.Occurrences)
        .Bind(32, entry.LastSeenAt?.UtcTicks)
        .Bind(33, entry.SimilarTo)
        .Bind(34, entry.Provenance.UserId);

    /// <exception cref="SqliteException">The row can be read and is not what was written: the database is damaged.</exception>
    public static MemoryEntry Read(SqliteStatement row)
    {
        try
        {
            return ReadWhole(row);
        }
        catch (Exception exception)
            when (exception is JsonException or ArgumentException or InvalidOperationException or FormatException or OverflowException)
        {
            // Without the cause, which may quote what was written.
            throw new SqliteException("a row is not what was written", SQLitePCL.raw.SQLITE_CORRUPT);
        }
    }

    private static MemoryEntry ReadWhole(SqliteStatement row) => new()
    {
        Id = row.Guid(0),
        Project = row.Text(1),
        Category = row.Text(2),
        Key = row.Text(3),
        Content = row.Text(4),
        Value = Json(row.Bytes(5)),
        Tags = TagList.Read(row.Bytes(6)),
        EntityType = row.TextOrNull(7),
        EntityId = row.TextOrNull(8),
        Source = row.Text(9),
        TriggerType = TriggerNames.TryParseType(row.TextOrNull(10), out var type) ? type : null,
        Priority = TriggerNames.TryParsePriority(row.Text(11), out var priority) ? priority : TriggerPriority.Medium,
        Outcome = TriggerNames.TryParseOutcome(row.Text(12), out var outcome) ? outcome : TriggerOutcome.Success,
        Duration = TimeSpan.FromTicks(row.Int64(13)),
        QualityScore = row.IsNull(14) ? null : row.Double(14),
        CreatedAt = Time(row, 15),
        UpdatedAt = Time(row, 16),
        ExpiresAt = TimeOrNull(row, 17),
        TraceId = row.TextOrNull(18),
        SpanId = row.TextOrNull(19),
        ParentId = row.GuidOrNull(20),
        SupersededBy = row.GuidOrNull(21),
        Provenance = new Provenance
        {
            Module = row.Text(22),
            TaskId = row.Text(23),
            CreatedBy = row.TextOrNull(24),
            CreatedAt = TimeOrNull(row, 25),
            UpdatedBy = row.TextOrNull(26),
            UpdatedAt = TimeOrNull(row, 27),
            SessionId = row.TextOrNull(28),
            UserId = row.TextOrNull(33),
        },
        SupersededAt = TimeOrNull(row, 29),
        Occurrences = row.Int64(30),
        LastSeenAt = TimeOrNull(row, 31),
        SimilarTo = row.GuidOrNull(32),
    };

    // The parser accepts strings that are not UTF-8, and fails later where they are read.
    private static JsonElement Json(ReadOnlySpan<byte> text) =>
        Utf8.IsValid(text) ? JsonElement.Parse(text) : throw new FormatException("not UTF-8");

    private static DateTimeOffset Time(SqliteStatement row, int column) => new(row.Int64(column), TimeSpan.Zero);

    private static DateTimeOffset? TimeOrNull(SqliteStatement row, int column) =>
        row.IsNull(column) ? null : Time(row, column);
}
