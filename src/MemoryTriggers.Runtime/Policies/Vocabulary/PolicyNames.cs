namespace MemoryTriggers.Policies;

/// <summary>The names of enum values in configuration: lower case, words joined by an underscore.</summary>
internal static class PolicyNames
{
    public static readonly string[] Verdicts = ["allow", "deny", "modify", "defer", "batch"];

    public static readonly string[] Scopes = ["global", "agent", "workflow", "task", "user", "session"];

    public static readonly string[] Operators = ["AND", "OR"];

    public static readonly string[] Conditions =
    [
        "always", "never", "equals", "not_equals", "contains", "not_contains", "matches_regex", "greater_than", "less_than", "between",
        "in_list", "not_in_list", "time_range", "rate_limit", "probability", "composite_and", "composite_or",
    ];

    public static readonly string[] TriggerTypes = [.. Enum.GetValues<TriggerType>().Select(static type => type.Name())];

    public static readonly string[] Priorities = [.. Enum.GetValues<TriggerPriority>().Select(static priority => priority.Name())];

    public static string Name(this PolicyVerdict verdict) => Verdicts[(int)verdict];

    public static string Name(this PolicyConditionType type) => Conditions[(int)type];
}
