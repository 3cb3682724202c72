namespace MemoryTriggers.Policies;

/// <summary>What must be equal for a rule to match: one field, one of these values.</summary>
internal sealed record Equality(string Field, bool IgnoreCase, IReadOnlyList<string> Values)
{
    /// <summary>The equalities of a rule, each of which is enough to rule it out.</summary>
    public static IEnumerable<Equality> Of(CompiledRule rule)
    {
        if (rule.Source.ConditionOperator == PolicyOperator.And || rule.Conditions.Length == 1)
            return rule.Conditions.SelectMany(static condition => Of(condition.Source));
        return Union(rule.Conditions.Select(static condition => condition.Source));
    }

    private static IEnumerable<Equality> Of(PolicyCondition condition)
    {
        if (condition.Negate) return [];
        return condition.Type switch
        {
            PolicyConditionType.Equals when Scalar.Canonical(condition.Value) is { } value =>
                [new Equality(condition.Field!, condition.IgnoreCase, [value])],
            PolicyConditionType.InList when condition.Values.All(static value => Scalar.Canonical(value) is not null) =>
                [new Equality(condition.Field!, condition.IgnoreCase,
                    [.. condition.Values.Select(static value => Scalar.Canonical(value)!)])],
            PolicyConditionType.CompositeAnd => condition.SubConditions.SelectMany(Of),
            PolicyConditionType.CompositeOr => Union(condition.SubConditions),
            _ => [],
        };
    }

    // Of alternatives something is known only if each of them says something about the same field.
    private static IEnumerable<Equality> Union(IEnumerable<PolicyCondition> alternatives)
    {
        List<List<Equality>> all = [.. alternatives.Select(static condition => Of(condition).ToList())];
        if (all.Exists(static equalities => equalities.Count == 0)) return [];
        var (field, ignoreCase) = (all[0][0].Field, all[0][0].IgnoreCase);
        List<Equality?> same =
            [.. all.Select(equalities => equalities.Find(equality => equality.Field == field && equality.IgnoreCase == ignoreCase))];
        return same.Contains(null) ? [] : [new Equality(field, ignoreCase, [.. same.SelectMany(static equality => equality!.Values)])];
    }
}
