using System.Text;
using MemoryTriggers.Sqlite;

namespace MemoryTriggers.Backends.Sqlite;

/// <summary>The conditions of a <see cref="MemoryQuery"/> as SQL over <c>memory m</c>, with their values.</summary>
internal sealed class QueryFilter
{
    private readonly StringBuilder _sql = new();
    private readonly List<Action<SqliteStatement, int>> _values = [];
    private readonly int _firstParameter;

    public QueryFilter(MemoryQuery query, int firstParameter = 1)
    {
        _firstParameter = firstParameter;
        Equal("project", query.AllProjects ? null : query.Project);
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
        if (query.VisibleTo is { } user) Add($"(m.user_id IS NULL OR m.user_id = {TextValue(user)})");
        Equal("priority", query.Priority?.Name());
        if (query.ParentId is { } parent) Add($"m.parent_id = {Value((row, i) => row.Bind(i, parent))}");
        if (query.Since is { } since) Add($"m.created_at >= {TimeValue(since)}");
        if (query.Until is { } until) Add($"m.created_at < {TimeValue(until)}");
        if (query.SupersededBy is { } successor) Add($"m.superseded_by = {Value((row, i) => row.Bind(i, successor))}");
        if (query.ExpiresBefore is { } expiry) Add($"m.expires_at < {TimeValue(expiry)}");
        if (query.CurrentAt is { } now) Add($"m.superseded_by IS NULL AND (m.expires_at IS NULL OR m.expires_at > {TimeValue(now)})");
        if (query.AsOf is { } then) AddAsOf(TimeValue(then));
        AddTags(query);
        IsIndexed = (query.Project is not null && !query.AllProjects) || query.Key is not null || query.EntityId is not null
            || query.TraceId is not null || query.ParentId is not null || query.SessionId is not null || query.UserId is not null
            || query.SupersededBy is not null || query.ExpiresBefore is not null || query.AnyTags.Count > 0 || query.AllTags.Count > 0;
    }

    /// <summary>Empty, or conditions that each begin with <c>AND</c>.</summary>
    public string Sql => _sql.ToString();

    /// <summary>Whether an index leads to what matches, so that a narrow filter is cheap to follow.</summary>
    public bool IsIndexed { get; }

    public int NextParameter => _firstParameter + _values.Count;

    public void Bind(SqliteStatement statement)
    {
        for (var i = 0; i < _values.Count; i++) _values[i](statement, _firstParameter + i);
    }

    // A version holds from when it was written until the next one takes its place.
    private void AddAsOf(string time) => Add(
        $"m.created_at <= {time} AND m.updated_at <= {time} AND (m.superseded_by IS NULL OR m.superseded_at > {time}) "
        + $"AND (m.expires_at IS NULL OR m.expires_at > {time})");

    private void AddTags(MemoryQuery query)
    {
        if (query.AnyTags.Count > 0)
        {
            var tags = string.Join(", ", query.AnyTags.Distinct().Select(TextValue));
            Add($"m.seq IN (SELECT entry FROM memory_tag WHERE tag IN ({tags}))");
        }

        foreach (var tag in query.AllTags.Distinct())
            Add($"m.seq IN (SELECT entry FROM memory_tag WHERE tag = {TextValue(tag)})");
    }

    private void Equal(string column, string? value)
    {
        if (value is not null) Add($"m.{column} = {TextValue(value)}");
    }

    private string TimeValue(DateTimeOffset time) => Value((row, i) => row.Bind(i, time.UtcTicks));

    private string TextValue(string text) => Value((row, i) => row.Bind(i, text));

    private string Value(Action<SqliteStatement, int> bind)
    {
        _values.Add(bind);
        return $"?{NextParameter - 1}";
    }

    private void Add(string condition) => _sql.Append(" AND ").Append(condition);
}
