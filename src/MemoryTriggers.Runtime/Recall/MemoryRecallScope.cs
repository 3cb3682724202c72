namespace MemoryTriggers.Recall;

/// <summary>The default scope of a query.</summary>
internal static class MemoryRecallScope
{
    private static readonly MemoryQuery Everything = new();

    /// <summary>The configured project. Without one there is nothing to isolate, and it is all of them.</summary>
    public static MemoryQuery Of(MemoryQuery? query, string? defaultProject)
    {
        query ??= Everything;
        if (query.AllProjects || query.Project is not null) return query;
        return defaultProject is null ? query with { AllProjects = true } : query with { Project = defaultProject };
    }

    /// <summary>The same, and only what is current, unless it asks for the past.</summary>
    public static MemoryQuery OfCurrent(MemoryQuery? query, string? defaultProject, TimeProvider time)
    {
        var scoped = Of(query, defaultProject);
        return scoped.IncludePast || scoped.AsOf is not null || scoped.CurrentAt is not null || scoped.SupersededBy is not null
            || scoped.ExpiresBefore is not null
            ? scoped
            : scoped with { CurrentAt = Minute(time.GetUtcNow()) };
    }

    // To the minute, so that the same question within one is the same to the cache. What expires within it falls out of the answer later.
    private static DateTimeOffset Minute(DateTimeOffset time) => time.AddTicks(-(time.UtcTicks % TimeSpan.TicksPerMinute));
}
