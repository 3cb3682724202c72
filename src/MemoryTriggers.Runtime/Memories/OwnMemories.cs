namespace MemoryTriggers.Memories;

/// <summary>
/// What there is once for each user, such as a preference: a user's own comes before that of no user, and is changed by that user only.
/// </summary>
internal static class OwnMemories
{
    /// <summary>The query for what is of the same project and user as a memory, or of no user as it is.</summary>
    public static MemoryQuery Of(MemoryEntry entry, MemoryQuery query) => Own(query, entry.Provenance.UserId) with
    {
        Project = entry.Project,
    };

    /// <summary>The query for what is of the user of the context; without one, of no user.</summary>
    public static MemoryQuery OfContext(MemoryQuery query) => Own(query, MemoryContext.Current?.UserId);

    /// <summary>The newest memory with a key of the user of the context, else the newest that the query finds.</summary>
    public static async ValueTask<MemoryEntry?> FindAsync(IMemoryRecall recall, string key, MemoryQuery query,
        CancellationToken cancellationToken) =>
        await recall.GetByKeyAsync(key, OfContext(query), cancellationToken).ConfigureAwait(false)
            ?? await recall.GetByKeyAsync(key, query, cancellationToken).ConfigureAwait(false);

    private static MemoryQuery Own(MemoryQuery query, string? user) =>
        user is null ? query with { VisibleTo = "" } : query with { UserId = user };
}
