namespace MemoryTriggers.Policies;

/// <summary>What a condition must fulfil: its members, the names of its fields, the values that a field can have.</summary>
/// <param name="problems">Where problems go.</param>
/// <param name="given">Names of fields that chains give.</param>
internal sealed class ConditionCheck(FoundProblems problems, IReadOnlySet<string> given)
{
    private const int MaxDepth = 16;

    /// <param name="path">The place of the condition.</param>
    /// <param name="condition">The condition.</param>
    /// <param name="results">Which results of actions before it may ask for: a problem, or <see langword="null"/>.</param>
    public void Run(string path, PolicyCondition condition, Func<string, string?> results) => Run(path, condition, 1, false, results);

    private void Run(string path, PolicyCondition condition, int depth, bool isNegated, Func<string, string?> results)
    {
        if (!Enum.IsDefined(condition.Type))
        {
            problems.Add($"{path}.type", $"unknown type {(int)condition.Type}");
            return;
        }

        var type = condition.Type.Name();
        if (depth > MaxDepth)
        {
            problems.Add(path, $"conditions are nested deeper than {MaxDepth}");
            return;
        }

        foreach (var member in ConditionMembers.Useless(condition)) problems.Add($"{path}.{member}", $"'{type}' has no '{member}'");
        Field(path, condition, type, results);
        Values(path, condition, type);
        switch (condition.Type)
        {
            case PolicyConditionType.Contains or PolicyConditionType.NotContains when condition.Value is null:
                problems.Required(path, type, "value");
                break;
            case PolicyConditionType.GreaterThan or PolicyConditionType.LessThan when condition.Value is null:
                problems.Required(path, type, "value");
                break;
            case PolicyConditionType.GreaterThan or PolicyConditionType.LessThan when Scalar.Number(condition.Value) is not { } number
                || !double.IsFinite(number):
                problems.Add($"{path}.value", $"must be a number for '{type}'; it is '{Scalar.Canonical(condition.Value)}'");
                break;
            case PolicyConditionType.MatchesRegex when condition.RegexPattern is not { } pattern:
                problems.Required(path, type, "regex_pattern");
                break;
            case PolicyConditionType.MatchesRegex when SafeRegex.Problem(condition.RegexPattern) is { } problem:
                problems.Add($"{path}.regex_pattern", problem);
                break;
            case PolicyConditionType.Between:
                if (condition.MinValue is null) problems.Required(path, type, "min_value");
                if (condition.MaxValue is null) problems.Required(path, type, "max_value");
                if (condition.MinValue > condition.MaxValue) problems.Add($"{path}.max_value", "must not be less than min_value");
                break;
            case PolicyConditionType.InList or PolicyConditionType.NotInList when condition.Values.Count == 0:
                problems.Required(path, type, "values");
                break;
            case PolicyConditionType.TimeRange:
                if (condition.StartTime is null) problems.Required(path, type, "start_time");
                if (condition.EndTime is null) problems.Required(path, type, "end_time");
                break;
            case PolicyConditionType.RateLimit:
                if (condition.RateLimit is { } limit) problems.Within($"{path}.rate_limit", limit, 1);
                else problems.Required(path, type, "rate_limit");
                if (condition.TimeWindow is { } window) problems.Within($"{path}.time_window", window, 1);
                if (isNegated)
                    problems.Add(path, "a 'rate_limit' is not allowed inside a negated composite; negate the 'rate_limit' itself");
                break;
            case PolicyConditionType.Probability:
                if (condition.Probability is { } share) problems.Within($"{path}.probability", share, 0, 1);
                else problems.Required(path, type, "probability");
                break;
            case PolicyConditionType.CompositeAnd or PolicyConditionType.CompositeOr:
                if (condition.SubConditions.Count == 0) problems.Required(path, type, "sub_conditions");
                for (var index = 0; index < condition.SubConditions.Count; index++)
                {
                    var place = $"{path}.sub_conditions[{index}]";
                    Run(place, condition.SubConditions[index], depth + 1, isNegated || condition.Negate, results);
                }

                break;
        }
    }

    private void Field(string path, PolicyCondition condition, string type, Func<string, string?> results)
    {
        if (condition.Field is not { } field)
        {
            if (condition.Type is not (PolicyConditionType.Always or PolicyConditionType.Never or PolicyConditionType.TimeRange
                or PolicyConditionType.RateLimit or PolicyConditionType.Probability or PolicyConditionType.CompositeAnd
                or PolicyConditionType.CompositeOr)) problems.Required(path, type, "field");
            return;
        }

        if ((FieldNames.Problem(field, given) ?? results(field)) is { } problem) problems.Add($"{path}.field", problem);
    }

    private void Values(string path, PolicyCondition condition, string type)
    {
        var isEquality = condition.Type is PolicyConditionType.Equals or PolicyConditionType.NotEquals;
        var isMembership = condition.Type is PolicyConditionType.InList or PolicyConditionType.NotInList;
        if (condition.Field == "tags" && (isEquality && condition.Value is not null || isMembership))
            problems.Add(path, $"'tags' is a list, which '{type}' never holds for; use 'contains' or 'not_contains'");
        if (isEquality && FieldValues.Problem(condition.Field, condition.Value, condition.IgnoreCase) is { } problem)
            problems.Add($"{path}.value", problem);
        if (isMembership)
        {
            foreach (var wrong in condition.Values.Select(value => FieldValues.Problem(condition.Field, value, condition.IgnoreCase)))
            {
                if (wrong is not null) problems.Add($"{path}.values", wrong);
            }
        }

        var isOrder = condition.Type is PolicyConditionType.GreaterThan or PolicyConditionType.LessThan or PolicyConditionType.Between;
        if (isOrder && FieldValues.Of(condition.Field) is { } names)
            problems.Add($"{path}.field", $"'{condition.Field}' is not a number but one of {string.Join(", ", names)}");
    }
}
