using System.Globalization;
using LiteDB;

namespace MemoryTriggers.Documents;

/// <summary>A query as an expression of LiteDB. LINQ would not do: it throws over the items of a list.</summary>
internal sealed class QueryFilter
{
    private readonly List<string> _conditions = [];
    private readonly List<BsonValue> _values = [];

    public QueryFilter(MemoryQuery query)
    {
        // One index is followed. What names few memories comes by its checksum; the rest by the order of time.
        if (IndexedKey(query) is { } key) Add($"{EntryDocument.Keys}[*] ANY = {Value(key)}");
        if (!query.AllProjects) Equal("project", query.Project);
        Equal("category", query.Category);
        Equal("key", query.Key);
        Equal("entity_type", query.EntityType);
        Equal("entity_id", query.EntityId);
        Equal("source", query.Source);
        Equal("trace", query.TraceId);
        Equal("session", query.SessionId);
        Equal("user", query.UserId);
        if (query.VisibleTo is { } viewer) Add($"(user = null OR user = {Value(viewer)})");
        Equal("type", query.TriggerType?.Name());
        Equal("outcome", query.Outcome?.Name());
        Equal("priority", query.Priority?.Name());
        if (query.ParentId is { } parent) Add($"parent = {Value(parent)}");
        if (query.SupersededBy is { } successor) Add($"superseded_by = {Value(successor)}");
        if (query.Since is { } since) Add($"{EntryDocument.Order} >= {Value(EntryDocument.OrderOf(since, Guid.Empty))}");
        if (query.Until is { } until) Add($"{EntryDocument.Order} < {Value(EntryDocument.OrderOf(until, Guid.Empty))}");

        // A field that is missing is null, and null comes before every number.
        if (query.ExpiresBefore is { } expiry) Add($"(expires != null AND expires < {Value(expiry.UtcTicks)})");
        if (query.CurrentAt is { } now) Add($"(superseded_by = null AND (expires = null OR expires > {Value(now.UtcTicks)}))");
        if (query.AsOf is { } then) AddAsOf(Value(then.UtcTicks));
        if (query.AnyTags.Count > 0) Add($"({string.Join(" OR ", query.AnyTags.Distinct().Select(HasTag))})");
        foreach (var tag in query.AllTags.Distinct()) Add(HasTag(tag));
    }

    /// <summary>The condition, or <see langword="null"/> when everything matches.</summary>
    public BsonExpression? Expression =>
        _conditions.Count == 0 ? null : BsonExpression.Create(string.Join(" AND ", _conditions), [.. _values]);

    private static int? IndexedKey(MemoryQuery query) => query switch
    {
        { ParentId: { } parent } => EntryKeys.Parent(parent),
        { SupersededBy: { } successor } => EntryKeys.Successor(successor),
        { TraceId: { } trace } => EntryKeys.Trace(trace),
        { EntityId: { } entity } => EntryKeys.EntityId(entity),
        { Key: { } key } => EntryKeys.Key(key),
        { SessionId: { } session } => EntryKeys.Session(session),
        { UserId: { } user } => EntryKeys.User(user),
        { AllTags: [var tag, ..] } => EntryKeys.Tag(tag),
        { AnyTags: [var only] } => EntryKeys.Tag(only),
        _ => null,
    };

    // A version holds from when it was written until the next one takes its place.
    private void AddAsOf(string time) => Add(
        $"(at <= {time} AND updated <= {time} AND (superseded_by = null OR superseded > {time}) AND (expires = null OR expires > {time}))");

    private string HasTag(string tag) => $"tags[*] ANY = {Value(tag)}";

    private void Equal(string field, string? value)
    {
        if (value is not null) Add($"{field} = {Value(value)}");
    }

    private string Value(BsonValue value)
    {
        _values.Add(value);
        return string.Create(CultureInfo.InvariantCulture, $"@{_values.Count - 1}");
    }

    private void Add(string condition) => _conditions.Add(condition);
}
