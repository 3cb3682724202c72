using System.Text.Json;
using MemoryTriggers.Postgres.Connections;
using MemoryTriggers.Postgres.Words;
using Npgsql;
using NpgsqlTypes;

namespace MemoryTriggers.Postgres.Columns;

/// <summary>Which column holds which property of a memory, as an array with a value for each memory of a batch.</summary>
internal static class EntryColumns
{
    private static readonly EntryColumn[] All =
    [
        new("id", "uuid[]", entries => Array(entries, static entry => entry.Id, NpgsqlDbType.Uuid)),
        Text("project", static entry => entry.Project),
        Text("category", static entry => entry.Category),
        Text("key", static entry => entry.Key),
        Text("content", static entry => entry.Content),
        Text("value", static entry => entry.Value.ValueKind == JsonValueKind.Undefined ? "{}" : entry.Value.GetRawText()),
        // An array of arrays would have to be rectangular; each list goes as its literal.
        Literal("tags", "text[]", static entry => TagLiteral.Write(entry.Tags)),
        Text("entity_type", static entry => entry.EntityType),
        Text("entity_id", static entry => entry.EntityId),
        Text("source", static entry => entry.Source),
        Text("trigger_type", static entry => entry.TriggerType?.Name()),
        Text("priority", static entry => entry.Priority.Name()),
        Text("outcome", static entry => entry.Outcome.Name()),
        new("duration", "bigint[]", entries => Array(entries, static entry => entry.Duration.Ticks, NpgsqlDbType.Bigint)),
        new("quality_score", "double precision[]", entries => Array(entries, static entry => entry.QualityScore, NpgsqlDbType.Double)),
        new("created_at", "bigint[]", entries => Array(entries, static entry => entry.CreatedAt.UtcTicks, NpgsqlDbType.Bigint)),
        new("updated_at", "bigint[]", entries => Array(entries, static entry => entry.UpdatedAt.UtcTicks, NpgsqlDbType.Bigint)),
        new("expires_at", "bigint[]", entries => Array(entries, static entry => entry.ExpiresAt?.UtcTicks, NpgsqlDbType.Bigint)),
        Text("trace_id", static entry => entry.TraceId),
        Text("span_id", static entry => entry.SpanId),
        new("parent_id", "uuid[]", entries => Array(entries, static entry => entry.ParentId, NpgsqlDbType.Uuid)),
        new("superseded_by", "uuid[]", entries => Array(entries, static entry => entry.SupersededBy, NpgsqlDbType.Uuid)),
        Text("module", static entry => entry.Provenance.Module),
        Text("task_id", static entry => entry.Provenance.TaskId),
        Text("made_by", static entry => entry.Provenance.CreatedBy),
        new("made_at", "bigint[]", entries => Array(entries, static entry => entry.Provenance.CreatedAt?.UtcTicks, NpgsqlDbType.Bigint)),
        Text("changed_by", static entry => entry.Provenance.UpdatedBy),
        new("changed_at", "bigint[]", entries => Array(entries, static entry => entry.Provenance.UpdatedAt?.UtcTicks, NpgsqlDbType.Bigint)),
        Text("session_id", static entry => entry.Provenance.SessionId),
        new("superseded_at", "bigint[]", entries => Array(entries, static entry => entry.SupersededAt?.UtcTicks, NpgsqlDbType.Bigint)),
        new("occurrences", "bigint[]", entries => Array(entries, static entry => entry.Occurrences, NpgsqlDbType.Bigint)),
        new("last_seen_at", "bigint[]", entries => Array(entries, static entry => entry.LastSeenAt?.UtcTicks, NpgsqlDbType.Bigint)),
        new("similar_to", "uuid[]", entries => Array(entries, static entry => entry.SimilarTo, NpgsqlDbType.Uuid)),
        Text("user_id", static entry => entry.Provenance.UserId),
        Literal("words", "tsvector", SearchVector.Of),
    ];

    /// <summary>The columns that a memory is read from, in the order in which <see cref="Reading.EntryReader"/> reads them.</summary>
    public static string Select { get; } = string.Join(", ", All.SkipLast(1).Select(static column => "m." + column.Name));

    /// <summary>Inserts the memories of the arrays, and replaces those that are there already.</summary>
    public static string Upsert(string table) =>
        $"{Insert(table)} ON CONFLICT (id) DO UPDATE SET " +
            $"{string.Join(", ", All.Skip(1).Select(static column => $"{column.Name} = excluded.{column.Name}"))}";

    /// <summary>
    /// Inserts the memories of the arrays when none of them is there, and otherwise nothing. Two more parameters are the smallest and the
    /// largest id: they tell the server which partitions to look into.
    /// </summary>
    public static string InsertNew(string table) =>
        $"{Insert(table)} WHERE NOT EXISTS (SELECT 1 FROM {table} m WHERE m.id = ANY ($1) AND m.id >= ${All.Length + 1} AND m.id <= " +
            $"${All.Length + 2})";

    public static string Insert(string table) =>
        $"INSERT INTO {table} ({string.Join(", ", All.Select(static column => column.Name))}) "
        + $"SELECT {string.Join(", ", All.Select(static column => $"b.{column.Name}{column.Cast}"))} "
        + $"FROM unnest({string.Join(", ", All.Select(static (column, i) => $"${i + 1}::{column.ArrayType}"))}) "
        + $"AS b ({string.Join(", ", All.Select(static column => column.Name))})";

    public static NpgsqlParameter[] Parameters(IReadOnlyList<MemoryEntry> entries) => [.. All.Select(column => column.Parameter(entries))];

    /// <summary>The words of each memory, among its <see cref="Parameters"/>.</summary>
    public static string[] Words(NpgsqlParameter[] parameters) => ((NpgsqlParameter<string[]>)parameters[^1]).TypedValue!;

    private static EntryColumn Text(string name, Func<MemoryEntry, string?> value) => new(
        name, "text[]", entries => Array(entries, entry => PostgresText.WriteOrNull(value(entry)), NpgsqlDbType.Text));

    private static EntryColumn Literal(string name, string type, Func<MemoryEntry, string> value) => new(
        name, "text[]", entries => Array(entries, value, NpgsqlDbType.Text)) { Cast = "::" + type };

    private static NpgsqlParameter<T[]> Array<T>(IReadOnlyList<MemoryEntry> entries, Func<MemoryEntry, T> value, NpgsqlDbType type)
    {
        var values = new T[entries.Count];
        for (var i = 0; i < values.Length; i++) values[i] = value(entries[i]);
        return new NpgsqlParameter<T[]> { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | type };
    }
}
