namespace MemoryTriggers.Policies;

/// <summary>Which members a type of condition has: another one would be without effect.</summary>
internal static class ConditionMembers
{
    private static readonly string[] Comparison = ["field", "value"];
    private static readonly string[] Membership = ["field", "values"];
    private static readonly string[] Composite = ["sub_conditions"];

    /// <summary>The members that are given but have no effect.</summary>
    public static IEnumerable<string> Useless(PolicyCondition condition) => Given(condition).Except(Of(condition.Type));

    private static string[] Of(PolicyConditionType type) => type switch
    {
        PolicyConditionType.Always or PolicyConditionType.Never => [],
        PolicyConditionType.MatchesRegex => ["field", "regex_pattern"],
        PolicyConditionType.Between => ["field", "min_value", "max_value"],
        PolicyConditionType.InList or PolicyConditionType.NotInList => Membership,
        PolicyConditionType.TimeRange => ["start_time", "end_time"],
        PolicyConditionType.RateLimit => ["field", "rate_limit", "time_window"],
        PolicyConditionType.Probability => ["probability"],
        PolicyConditionType.CompositeAnd or PolicyConditionType.CompositeOr => Composite,
        _ => Comparison,
    };

    private static IEnumerable<string> Given(PolicyCondition condition)
    {
        if (condition.Field is not null) yield return "field";
        if (condition.Value is not null) yield return "value";
        if (condition.Values.Count > 0) yield return "values";
        if (condition.RegexPattern is not null) yield return "regex_pattern";
        if (condition.MinValue is not null) yield return "min_value";
        if (condition.MaxValue is not null) yield return "max_value";
        if (condition.StartTime is not null) yield return "start_time";
        if (condition.EndTime is not null) yield return "end_time";
        if (condition.RateLimit is not null) yield return "rate_limit";
        if (condition.TimeWindow is not null) yield return "time_window";
        if (condition.Probability is not null) yield return "probability";
        if (condition.SubConditions.Count > 0) yield return "sub_conditions";
    }
}
