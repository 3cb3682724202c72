using System.Text.Json;
using MemoryTriggers.Postgres.Connections;
using Npgsql;

namespace MemoryTriggers.Postgres.Reading;

/// <summary>A memory from a row with the columns of <see cref="Columns.EntryColumns.Select"/>.</summary>
internal static class EntryReader
{
    public static MemoryEntry Read(NpgsqlDataReader row) => new()
    {
        Id = row.GetGuid(0),
        Project = Text(row, 1),
        Category = Text(row, 2),
        Key = Text(row, 3),
        Content = Text(row, 4),
        Value = JsonElement.Parse(Text(row, 5)),
        Tags = Array.ConvertAll(row.GetFieldValue<string[]>(6), PostgresText.Read),
        EntityType = TextOrNull(row, 7),
        EntityId = TextOrNull(row, 8),
        Source = Text(row, 9),
        TriggerType = TriggerNames.TryParseType(TextOrNull(row, 10), out var type) ? type : null,
        Priority = TriggerNames.TryParsePriority(Text(row, 11), out var priority) ? priority : TriggerPriority.Medium,
        Outcome = TriggerNames.TryParseOutcome(Text(row, 12), out var outcome) ? outcome : TriggerOutcome.Success,
        Duration = TimeSpan.FromTicks(row.GetInt64(13)),
        QualityScore = row.IsDBNull(14) ? null : row.GetDouble(14),
        CreatedAt = Time(row, 15),
        UpdatedAt = Time(row, 16),
        ExpiresAt = TimeOrNull(row, 17),
        TraceId = TextOrNull(row, 18),
        SpanId = TextOrNull(row, 19),
        ParentId = row.IsDBNull(20) ? null : row.GetGuid(20),
        SupersededBy = row.IsDBNull(21) ? null : row.GetGuid(21),
        Provenance = new Provenance
        {
            Module = Text(row, 22),
            TaskId = Text(row, 23),
            CreatedBy = TextOrNull(row, 24),
            CreatedAt = TimeOrNull(row, 25),
            UpdatedBy = TextOrNull(row, 26),
            UpdatedAt = TimeOrNull(row, 27),
            SessionId = TextOrNull(row, 28),
            UserId = TextOrNull(row, 33),
        },
        SupersededAt = TimeOrNull(row, 29),
        Occurrences = row.GetInt64(30),
        LastSeenAt = TimeOrNull(row, 31),
        SimilarTo = row.IsDBNull(32) ? null : row.GetGuid(32),
    };

    private static string Text(NpgsqlDataReader row, int column) => PostgresText.Read(row.GetString(column));

    private static string? TextOrNull(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : Text(row, column);

    private static DateTimeOffset Time(NpgsqlDataReader row, int column) => new(row.GetInt64(column), TimeSpan.Zero);

    private static DateTimeOffset? TimeOrNull(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : Time(row, column);
}
