using MemoryTriggers.Validation;

namespace MemoryTriggers.Policies;

/// <summary>A rate limit's name taken apart: <c>per_project_per_hour</c> counts by <c>project</c>, an hour long.</summary>
internal sealed record RateLimitName(string Field, TimeSpan Window)
{
    private const string Start = "per_";
    private const string Middle = "_per_";

    // A workflow, issue or pattern is the entity that the memory is about, and an agent is known by its source.
    private static readonly Dictionary<string, string> Units = new(StringComparer.Ordinal)
    {
        ["project"] = "project", ["workflow"] = "key", ["issue"] = "entity_id", ["agent"] = "source", ["error_type"] = "error_type",
        ["pattern"] = "entity_id",
    };

    private static readonly Dictionary<string, TimeSpan> Windows = new(StringComparer.Ordinal)
    {
        ["second"] = TimeSpan.FromSeconds(1), ["minute"] = TimeSpan.FromMinutes(1), ["hour"] = TimeSpan.FromHours(1),
        ["day"] = TimeSpan.FromDays(1),
    };

    private static readonly string[] KnownUnits = [.. Units.Keys, .. EntryFields.Names.Where(static name => !Units.ContainsKey(name))];
    private static readonly string[] KnownWindows = [.. Windows.Keys];

    /// <summary>Takes apart a name without problems.</summary>
    public static RateLimitName Parse(string name)
    {
        var (unit, window) = Parts(name) ?? throw new ArgumentException($"'{name}' is no rate limit.", nameof(name));
        return new RateLimitName(Units.GetValueOrDefault(unit, unit), Windows[window]);
    }

    /// <returns>What is wrong with a name; <see langword="null"/> when nothing is.</returns>
    public static string? Problem(string name)
    {
        if (Parts(name) is not var (unit, window))
            return $"'{name}' is not a name such as 'per_project_per_hour' (second, minute, hour or day)";
        if (!Windows.ContainsKey(window)) return $"unknown unit '{window}'{NearestName.Hint(window, KnownWindows)}";
        if (Units.ContainsKey(unit) || EntryFields.Find(unit) is not null || FieldNames.IsCapturedPath(unit))
            return FieldNames.Problem(unit, EmptyNames);
        return $"unknown field '{unit}'{NearestName.Hint(unit, KnownUnits)}; a captured value is 'per_metadata.{unit}_per_{window}'";
    }

    private static readonly HashSet<string> EmptyNames = [];

    private static (string Unit, string Window)? Parts(string name)
    {
        var middle = name.LastIndexOf(Middle, StringComparison.Ordinal);
        return name.StartsWith(Start, StringComparison.Ordinal) && middle > Start.Length
            ? (name[Start.Length..middle], name[(middle + Middle.Length)..])
            : null;
    }
}
