using System.Text;

namespace MemoryTriggers.Backends.Postgres.Reading;

/// <summary>The conditions of a <see cref="MemoryQuery"/> as SQL over <c>memory m</c>.</summary>
internal static class QueryFilter
{
    /// <returns><c>TRUE</c>, and the conditions that must hold as well.</returns>
    public static string Write(MemoryQuery query, Statement statement)
    {
        var sql = new StringBuilder("TRUE");
        Equal("project", query.AllProjects ? null : query.Project);
        Equal("category", query.Category);
        Equal("key", query.Key);
        Equal("entity_type", query.EntityType);
        Equal("entity_id", query.EntityId);
        Equal("source", query.Source);
        Equal("trigger_type", query.TriggerType?.Name());
        Equal("outcome", query.Outcome?.Name());
        Equal("trace_id", query.TraceId);
        if (query.ParentId is { } parent) And($"m.parent_id = {statement.Value(parent)}");
        if (query.Since is { } since) And($"m.created_at >= {statement.Value(since.UtcTicks)}");
        if (query.Until is { } until) And($"m.created_at < {statement.Value(until.UtcTicks)}");
        if (query.AnyTags.Count > 0) And($"m.tags && {Tags(query.AnyTags)}");
        if (query.AllTags.Count > 0) And($"m.tags @> {Tags(query.AllTags)}");
        return sql.ToString();

        void Equal(string column, string? value)
        {
            if (value is not null) And($"m.{column} = {statement.Text(value)}");
        }

        void And(string condition) => sql.Append(" AND ").Append(condition);

        string Tags(IReadOnlyList<string> tags) => statement.Value(tags.Select(PostgresText.Write).ToArray());
    }

    /// <summary>Whether an index leads to what matches, so that a narrow filter is cheap to follow.</summary>
    public static bool IsIndexed(MemoryQuery query) =>
        (query.Project is not null && !query.AllProjects) || query.Key is not null || query.EntityId is not null
        || query.TraceId is not null || query.ParentId is not null || query.AnyTags.Count > 0 || query.AllTags.Count > 0;
}
