namespace MemoryTriggers.Policies;

/// <summary>
/// What rules must fulfil, whether they come from a file or from code: bounds, required members, expressions, names. The only check: the
/// start, a reload, the validation of files and the tool all end here.
/// </summary>
internal sealed class PolicyCheck
{
    private readonly FoundProblems _problems = new();
    private readonly ConditionCheck _conditions;
    private readonly ActionCheck _actions;

    private PolicyCheck(IReadOnlySet<string> given, PolicySetOptions options)
    {
        _conditions = new ConditionCheck(_problems, given);
        _actions = new ActionCheck(_problems, _conditions, given, options);
    }

    /// <param name="rules">The rules.</param>
    /// <param name="policies">The policies by type.</param>
    /// <param name="options">What is known besides.</param>
    /// <param name="otherNames">Further existing rules, which cannot be read.</param>
    public static IReadOnlyList<PolicyProblem> Run(
        IReadOnlyList<PolicyRule> rules, IReadOnlyList<TriggerPolicy> policies, PolicySetOptions options,
        IReadOnlyCollection<string> otherNames)
    {
        var check = new PolicyCheck(ChainCheck.GivenNames(rules), options);
        foreach (var rule in rules) check.Rule(rule);
        foreach (var policy in policies) check.Policy(policy);
        check._problems.AddRange(ChainCheck.Run(rules, otherNames));
        foreach (var twin in rules.GroupBy(static rule => rule.Name).Where(static same => same.Count() > 1))
            check._problems.Add($"rules.{twin.Key}", "there are several rules of that name");
        foreach (var twin in policies.GroupBy(static policy => policy.Type).Where(static same => same.Count() > 1))
            check._problems.Add($"policies.{twin.Key.Name()}", "there are several policies for that type");
        return check._problems.All;
    }

    private void Rule(PolicyRule rule)
    {
        var path = $"rules.{rule.Name}";
        if (rule.Name.Length is 0 or > 255) _problems.Add($"{path}.name", "must have 1 to 255 characters");
        if (rule.Description.Length > 1000) _problems.Add($"{path}.description", "must have at most 1000 characters");
        _problems.Within($"{path}.priority", rule.Priority, 0, 1000);
        if (rule.MaxExecutions is { } executions) _problems.Within($"{path}.max_executions", executions, 1);
        if (rule.CooldownPeriod is { } cooldown) _problems.Within($"{path}.cooldown_period", cooldown.TotalSeconds, 0);
        if (rule.Conditions.Count == 0)
            _problems.Add($"{path}.conditions", "at least one condition is needed; 'always' holds for all memories");
        if (rule.Actions.Count == 0 && rule.Verdict is null) _problems.Add($"{path}.actions", "at least one action is needed");
        Change(path, rule.Verdict, rule.Parameters);
        for (var index = 0; index < rule.Conditions.Count; index++)
            _conditions.Run($"{path}.conditions[{index}]", rule.Conditions[index], NoResults);
        _actions.Run(path, rule.Actions);
    }

    private static string? NoResults(string name) =>
        ResultNames.All.Contains(name) ? $"'{name}' is for actions; a rule's conditions are asked before any action" : null;

    private void Change(string path, PolicyVerdict? verdict, IReadOnlyDictionary<string, string> parameters)
    {
        if (parameters.Count > 0 && verdict != PolicyVerdict.Modify)
            _problems.Add($"{path}.parameters", "only 'decision: modify' has parameters");
        foreach (var (name, problem) in RuleChange.Problems(parameters)) _problems.Add($"{path}.parameters.{name}", problem);
    }

    private void Policy(TriggerPolicy policy)
    {
        var path = $"policies.{policy.Type.Name()}";
        if (policy.BatchSize <= 0) _problems.Add($"{path}.batch_size", "batch_size must be greater than 0");
        if (policy.BatchTimeout <= TimeSpan.Zero) _problems.Add($"{path}.batch_timeout", "batch_timeout must be greater than 0");
        foreach (var (name, count) in policy.RateLimits)
        {
            if (count <= 0) _problems.Add($"{path}.rate_limits.{name}", $"Rate limit '{name}' must be greater than 0");
            if (RateLimitName.Problem(name) is { } problem) _problems.Add($"{path}.rate_limits.{name}", problem);
        }

        for (var index = 0; index < policy.Rules.Count; index++)
        {
            var (rule, place) = (policy.Rules[index], $"{path}.rules[{index}]");
            if (string.IsNullOrWhiteSpace(rule.Name)) _problems.Add($"{place}.name", "Rule name cannot be empty");
            if (string.IsNullOrWhiteSpace(rule.Condition))
                _problems.Add($"{place}.condition", $"Rule '{rule.Name}' condition cannot be empty");
            else if (ShortCondition.Problem(rule.Condition) is { } problem) _problems.Add($"{place}.condition", problem);
            Change(place, rule.Decision, rule.Parameters);
        }
    }
}
