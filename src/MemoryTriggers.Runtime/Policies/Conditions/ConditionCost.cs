namespace MemoryTriggers.Policies;

/// <summary>
/// About what a condition costs. The answer of an AND does not depend on the order of its parts, so the cheap ones go first.
/// </summary>
internal static class ConditionCost
{
    private const int Greatest = 1_000;

    public static int Of(PolicyCondition condition) => condition.Type switch
    {
        PolicyConditionType.Always or PolicyConditionType.Never => 0,
        PolicyConditionType.GreaterThan or PolicyConditionType.LessThan or PolicyConditionType.Between => 1,
        PolicyConditionType.Equals or PolicyConditionType.NotEquals or PolicyConditionType.InList or PolicyConditionType.NotInList => 2,
        PolicyConditionType.Contains or PolicyConditionType.NotContains => 4,
        PolicyConditionType.TimeRange or PolicyConditionType.Probability => 8,
        PolicyConditionType.MatchesRegex => 16,
        // It takes the rule's lock.
        PolicyConditionType.RateLimit => Greatest,
        _ => Math.Min(Greatest, condition.SubConditions.Sum(Of)),
    };
}
