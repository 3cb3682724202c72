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

    private static MemoryQuery Own(MemoryQuery query, string? user) =>
        user is null ? query with { VisibleTo = "" } : query with { UserId = user };
}
