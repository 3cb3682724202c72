namespace MemoryTriggers.Policies;

/// <summary>A rate limit's name taken apart: <c>per_project_per_hour</c> counts by <c>project</c>, an hour long.</summary>
internal sealed record RateLimitName(string Field, TimeSpan Window)
{
    private const string Start = "per_";
    private const string Middle = "_per_";

    /// <returns><see langword="null"/> when the name says nothing of the kind.</returns>
    public static RateLimitName? Parse(string name)
    {
        var middle = name.LastIndexOf(Middle, StringComparison.Ordinal);
        if (!name.StartsWith(Start, StringComparison.Ordinal) || middle <= Start.Length) return null;
        var window = name[(middle + Middle.Length)..] switch
        {
            "second" => TimeSpan.FromSeconds(1),
            "minute" => TimeSpan.FromMinutes(1),
            "hour" => TimeSpan.FromHours(1),
            "day" => TimeSpan.FromDays(1),
            _ => TimeSpan.Zero,
        };
        return window == TimeSpan.Zero ? null : new RateLimitName(FieldOf(name[Start.Length..middle]), window);
    }

    // A workflow, issue or pattern is the entity that the memory is about, and an agent is known by its source.
    private static string FieldOf(string unit) => unit switch
    {
        "project" => "project",
        "workflow" => "key",
        "issue" or "pattern" => "entity_id",
        "agent" => "source",
        "error_type" => "error_type",
        _ => unit,
    };
}
