using System.Text;
using MemoryTriggers.Postgres.Connections;

namespace MemoryTriggers.Postgres.Reading;

/// <summary>The conditions of a <see cref="MemoryQuery"/> as SQL over <c>memory m</c>.</summary>
internal static class QueryFilter
{
    /// <param name="query">The query.</param>
    /// <param name="statement">Gets the values.</param>
    /// <param name="isLedToByProject">
    /// Whether the index of projects may lead to the memories. Where another index leads to few of them, a server that knows nothing of a
    /// table yet, because it is new, would go through the whole project as well.
    /// </param>
    /// <returns><c>TRUE</c>, and the conditions that must hold as well.</returns>
    public static string Write(MemoryQuery query, Statement statement, bool isLedToByProject = true)
    {
        var sql = new StringBuilder("TRUE");
        // No index is on an expression.
        Equal(isLedToByProject ? "project" : "project || ''", query.AllProjects ? null : query.Project);
        Equal("category", query.Category);
        Equal("key", query.Key);
        Equal("entity_type", query.EntityType);
        Equal("entity_id", query.EntityId);
        Equal("source", query.Source);
        Equal("trigger_type", query.TriggerType?.Name());
        Equal("outcome", query.Outcome?.Name());
        Equal("trace_id", query.TraceId);
        Equal("session_id", query.SessionId);
        Equal("user_id", query.UserId);
        if (query.VisibleTo is { } user) And($"(m.user_id IS NULL OR m.user_id = {statement.Text(user)})");
        Equal("priority", query.Priority?.Name());
        if (query.SupersededBy is { } successor) And($"m.superseded_by = {statement.Value(successor)}");
        if (query.ExpiresBefore is { } expiry) And($"m.expires_at < {statement.Value(expiry.UtcTicks)}");
        if (query.CurrentAt is { } now)
            And($"m.superseded_by IS NULL AND (m.expires_at IS NULL OR m.expires_at > {statement.Value(now.UtcTicks)})");
        if (query.AsOf is { } then) And(AsOf(statement.Value(then.UtcTicks)));
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

    // A version holds from when it was written until the next one takes its place.
    private static string AsOf(string time) =>
        $"m.created_at <= {time} AND m.updated_at <= {time} AND (m.superseded_by IS NULL OR m.superseded_at > {time}) "
        + $"AND (m.expires_at IS NULL OR m.expires_at > {time})";

    /// <summary>Whether an index leads to what matches, so that a narrow filter is cheap to follow.</summary>
    public static bool IsIndexed(MemoryQuery query) =>
        (query.Project is not null && !query.AllProjects) || query.Key is not null || query.EntityId is not null
        || query.TraceId is not null || query.ParentId is not null || query.SessionId is not null || query.UserId is not null
        || query.SupersededBy is not null || query.ExpiresBefore is not null || query.AnyTags.Count > 0 || query.AllTags.Count > 0;

    /// <summary>The project, when that is all that a query asks for; whatever the page, and whether what is past counts.</summary>
    public static string? OnlyProject(MemoryQuery query) =>
        !query.AllProjects && new MemoryQuery
        {
            Project = query.Project,
            Limit = query.Limit,
            Offset = query.Offset,
            CurrentAt = query.CurrentAt,
            IncludePast = query.IncludePast,
            AllUsers = query.AllUsers,
        } == query
            ? query.Project
            : null;
}
