namespace MemoryTriggers.Backends.InMemory;

/// <summary>Whether a memory is what a query asks for.</summary>
internal static class EntryFilter
{
    public static bool Matches(MemoryQuery query, MemoryEntry entry) =>
        (query.AllProjects || Is(query.Project, entry.Project))
        && Is(query.Category, entry.Category)
        && Is(query.Key, entry.Key)
        && Is(query.EntityType, entry.EntityType)
        && Is(query.EntityId, entry.EntityId)
        && Is(query.Source, entry.Source)
        && Is(query.TraceId, entry.TraceId)
        && (query.TriggerType is null || query.TriggerType == entry.TriggerType)
        && (query.Outcome is null || query.Outcome == entry.Outcome)
        && Is(query.SessionId, entry.Provenance.SessionId)
        && Is(query.UserId, entry.Provenance.UserId)
        && (entry.Provenance.UserId is null || Is(query.VisibleTo, entry.Provenance.UserId))
        && (query.Priority is null || query.Priority == entry.Priority)
        && (query.SupersededBy is null || query.SupersededBy == entry.SupersededBy)
        && (query.ExpiresBefore is null || entry.ExpiresAt < query.ExpiresBefore)
        && (query.CurrentAt is null || IsCurrent(entry, query.CurrentAt.Value))
        && (query.AsOf is null || WasThere(entry, query.AsOf.Value))
        && (query.ParentId is null || query.ParentId == entry.ParentId)
        && (query.Since is null || entry.CreatedAt >= query.Since)
        && (query.Until is null || entry.CreatedAt < query.Until)
        && (query.AnyTags.Count == 0 || query.AnyTags.Any(entry.Tags.Contains))
        && query.AllTags.All(entry.Tags.Contains);

    private static bool IsCurrent(MemoryEntry entry, DateTimeOffset now) => entry.SupersededBy is null && !(entry.ExpiresAt <= now);

    // A version holds from when it was written until the next one takes its place.
    private static bool WasThere(MemoryEntry entry, DateTimeOffset time) =>
        entry.CreatedAt <= time && entry.UpdatedAt <= time && (entry.SupersededBy is null || entry.SupersededAt > time)
            && !(entry.ExpiresAt <= time);

    private static bool Is(string? wanted, string? actual) =>
        wanted is null || string.Equals(wanted, actual, StringComparison.Ordinal);
}
