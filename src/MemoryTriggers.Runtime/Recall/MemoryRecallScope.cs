namespace MemoryTriggers.Recall;

/// <summary>
/// Who sees what: the one rule for every read, whatever the way to it. The project is the query's, else that of the context, else the
/// configured one; without any there is nothing to isolate, and it is all of them. Inside a context with a user it is the memories of this
/// user and of no user. The session narrows nothing: remembering across sessions is the purpose.
/// </summary>
internal static class MemoryRecallScope
{
    private static readonly MemoryQuery Everything = new();

    /// <summary>The project in which memories are made and sought where none is named.</summary>
    public static string? ProjectOr(string? configured) => MemoryContext.Current?.Project ?? configured;

    /// <summary>The query with its project and its user.</summary>
    public static MemoryQuery Of(MemoryQuery? query, string? configured)
    {
        query ??= Everything;
        if (!query.AllProjects && query.Project is null)
        {
            var project = ProjectOr(configured);
            query = query with { Project = project, AllProjects = project is null };
        }

        var isUserNamed = query.AllUsers || query.UserId is not null || query.VisibleTo is not null;
        return !isUserNamed && MemoryContext.Current?.UserId is { } user ? query with { VisibleTo = user } : query;
    }

    /// <summary>The same, and only what is current, unless it asks for the past.</summary>
    public static MemoryQuery OfCurrent(MemoryQuery? query, string? configured, TimeProvider time)
    {
        var scoped = Of(query, configured);
        return scoped.IncludePast || scoped.AsOf is not null || scoped.CurrentAt is not null || scoped.SupersededBy is not null
            || scoped.ExpiresBefore is not null
            ? scoped
            : scoped with { CurrentAt = Minute(time.GetUtcNow()) };
    }

    /// <summary>
    /// Whether a memory that was named by its id is in the project and of the user of a query that <see cref="Of"/> has made.
    /// </summary>
    public static bool Sees(MemoryQuery scope, MemoryEntry entry) =>
        (scope.AllProjects || scope.Project is null || scope.Project == entry.Project)
        && (scope.UserId is null || scope.UserId == entry.Provenance.UserId)
        && (scope.VisibleTo is null || entry.Provenance.UserId is null || scope.VisibleTo == entry.Provenance.UserId);

    // To the minute, so that the same question within one is the same to the cache. What expires within it falls out of the answer later.
    private static DateTimeOffset Minute(DateTimeOffset time) => time.AddTicks(-(time.UtcTicks % TimeSpan.TicksPerMinute));
}
