namespace MemoryTriggers.Policies;

/// <summary>What a number must exceed, or stay below, for a rule to match.</summary>
/// <param name="Field">The field.</param>
/// <param name="IsLeast">Whether the limit is the least; otherwise it is the greatest.</param>
/// <param name="Limit">The limit. On it the condition itself decides.</param>
internal sealed record Threshold(string Field, bool IsLeast, double Limit)
{
    /// <summary>The thresholds of a rule, each of which is enough to rule it out.</summary>
    public static IEnumerable<Threshold> Of(CompiledRule rule) =>
        rule.Source.ConditionOperator == PolicyOperator.And || rule.Conditions.Length == 1
            ? rule.Conditions.SelectMany(static condition => Of(condition.Source))
            : [];

    private static IEnumerable<Threshold> Of(PolicyCondition condition) => condition switch
    {
        { Negate: true } => [],
        { Type: PolicyConditionType.GreaterThan } when Scalar.Number(condition.Value) is { } least =>
            [new Threshold(condition.Field!, true, least)],
        { Type: PolicyConditionType.LessThan } when Scalar.Number(condition.Value) is { } greatest =>
            [new Threshold(condition.Field!, false, greatest)],
        { Type: PolicyConditionType.Between } =>
            [new Threshold(condition.Field!, true, condition.MinValue ?? double.NegativeInfinity),
                new Threshold(condition.Field!, false, condition.MaxValue ?? double.PositiveInfinity)],
        { Type: PolicyConditionType.CompositeAnd } => condition.SubConditions.SelectMany(Of),
        _ => [],
    };
}
