using System.Globalization;
using System.Text.Json;
using MemoryTriggers.Validation;

namespace MemoryTriggers.Policies;

/// <summary>
/// What rules must fulfil, whether they come from a file or from code: bounds, required members, expressions, names of other rules.
/// </summary>
internal sealed class PolicyCheck(IReadOnlyCollection<string> customActions)
{
    private const int MaxDepth = 16;
    private readonly List<PolicyProblem> _problems = [];

    public static IReadOnlyList<PolicyProblem> Run(
        IReadOnlyList<PolicyRule> rules, IReadOnlyList<TriggerPolicy> policies, IReadOnlyCollection<string> customActions,
        IReadOnlyCollection<string> otherNames)
    {
        var check = new PolicyCheck(customActions);
        foreach (var rule in rules) check.Rule(rule);
        foreach (var policy in policies) check.Policy(policy);
        check._problems.AddRange(ChainCheck.Run(rules, otherNames));
        foreach (var twin in rules.GroupBy(static rule => rule.Name).Where(static same => same.Count() > 1))
            check.Add($"rules.{twin.Key}", "there are several rules of that name");
        foreach (var twin in policies.GroupBy(static policy => policy.Type).Where(static same => same.Count() > 1))
        {
            check.Add($"policies.{twin.Key.Name()}", "there are several policies for that type");
        }

        return check._problems;
    }

    private void Rule(PolicyRule rule)
    {
        var path = $"rules.{rule.Name}";
        if (rule.Name.Length is 0 or > 255) Add($"{path}.name", "must have 1 to 255 characters");
        if (rule.Description.Length > 1000) Add($"{path}.description", "must have at most 1000 characters");
        Within($"{path}.priority", rule.Priority, 0, 1000);
        if (rule.MaxExecutions is { } executions) Within($"{path}.max_executions", executions, 1);
        if (rule.CooldownPeriod is { } cooldown) Within($"{path}.cooldown_period", cooldown.TotalSeconds, 0);
        if (rule.Conditions.Count == 0) Add($"{path}.conditions", "at least one condition is needed; 'always' holds for all memories");
        if (rule.Actions.Count == 0 && rule.Verdict is null) Add($"{path}.actions", "at least one action is needed");
        if (rule.Parameters.Count > 0 && rule.Verdict != PolicyVerdict.Modify)
            Add($"{path}.parameters", "only 'decision: modify' has parameters");
        foreach (var (name, problem) in RuleChange.Problems(rule.Parameters)) Add($"{path}.parameters.{name}", problem);
        for (var index = 0; index < rule.Conditions.Count; index++)
            Condition($"{path}.conditions[{index}]", rule.Conditions[index], 1, isNegated: false);
        for (var index = 0; index < rule.Actions.Count; index++) Action($"{path}.actions[{index}]", rule.Actions[index]);
    }

    private void Condition(string path, PolicyCondition condition, int depth, bool isNegated)
    {
        var type = condition.Type.Name();
        if (depth > MaxDepth)
        {
            Add(path, $"conditions are nested deeper than {MaxDepth}");
            return;
        }

        if (condition is { Field: null,
            Type: not (PolicyConditionType.Always or PolicyConditionType.Never or PolicyConditionType.TimeRange
                or PolicyConditionType.RateLimit
            or PolicyConditionType.Probability or PolicyConditionType.CompositeAnd
                or PolicyConditionType.CompositeOr) }) Required(path, type, "field");
        else if (condition.Field is { } field && (field.Length == 0 || field.Split('.').Any(string.IsNullOrWhiteSpace)))
        {
            Add($"{path}.field", $"'{field}' is not a name such as 'metadata.severity'");
        }

        switch (condition.Type)
        {
            case PolicyConditionType.Contains or PolicyConditionType.NotContains when condition.Value is null:
                Required(path, type, "value");
                break;
            case PolicyConditionType.GreaterThan or PolicyConditionType.LessThan when condition.Value is null:
                Required(path, type, "value");
                break;
            case PolicyConditionType.GreaterThan or PolicyConditionType.LessThan when Scalar.Number(condition.Value) is not { } number
                || !double.IsFinite(number):
                Add($"{path}.value", $"must be a number for '{type}'; it is '{Scalar.Canonical(condition.Value)}'");
                break;
            case PolicyConditionType.MatchesRegex when condition.RegexPattern is not { } pattern:
                Required(path, type, "regex_pattern");
                break;
            case PolicyConditionType.MatchesRegex when SafeRegex.Problem(condition.RegexPattern) is { } problem:
                Add($"{path}.regex_pattern", problem);
                break;
            case PolicyConditionType.Between:
                if (condition.MinValue is null) Required(path, type, "min_value");
                if (condition.MaxValue is null) Required(path, type, "max_value");
                if (condition.MinValue > condition.MaxValue) Add($"{path}.max_value", "must not be less than min_value");
                break;
            case PolicyConditionType.InList or PolicyConditionType.NotInList when condition.Values.Count == 0:
                Required(path, type, "values");
                break;
            case PolicyConditionType.TimeRange:
                if (condition.StartTime is null) Required(path, type, "start_time");
                if (condition.EndTime is null) Required(path, type, "end_time");
                break;
            case PolicyConditionType.RateLimit:
                if (condition.RateLimit is { } limit) Within($"{path}.rate_limit", limit, 1);
                else Required(path, type, "rate_limit");
                if (condition.TimeWindow is { } window) Within($"{path}.time_window", window, 1);
                if (isNegated) Add(path, "a 'rate_limit' is not allowed inside a negated composite; negate the 'rate_limit' itself");
                break;
            case PolicyConditionType.Probability:
                if (condition.Probability is { } share) Within($"{path}.probability", share, 0, 1);
                else Required(path, type, "probability");
                break;
            case PolicyConditionType.CompositeAnd or PolicyConditionType.CompositeOr:
                if (condition.SubConditions.Count == 0) Required(path, type, "sub_conditions");
                for (var index = 0; index < condition.SubConditions.Count; index++)
                {
                    Condition($"{path}.sub_conditions[{index}]", condition.SubConditions[index], depth + 1, isNegated || condition.Negate);
                }

                break;
        }
    }

    private void Action(string path, PolicyAction action)
    {
        Within($"{path}.priority", action.Priority, 0);
        Within($"{path}.retry_count", action.RetryCount, 0, 100);
        Within($"{path}.retry_delay", action.RetryDelay.TotalSeconds, 0, 86_400);
        if (action.Timeout is { } timeout) Within($"{path}.timeout", timeout.TotalSeconds, 0.1, 86_400);
        if (action.Condition is { } condition) Condition($"{path}.condition", condition, 1, isNegated: false);
        if (!PolicyActionTypes.All.Contains(action.Type) && !customActions.Contains(action.Type))
        {
            Add($"{path}.type",
                $"unknown action '{action.Type}'{NearestName.Hint(action.Type, [.. PolicyActionTypes.All, .. customActions])}");
            return;
        }

        if (action.Parameters.ValueKind != JsonValueKind.Object)
        {
            Add($"{path}.parameters", "must be a mapping");
            return;
        }

        foreach (var (name, problem) in ActionParameters.Problems(action))
            Add(name.Length == 0 ? path : $"{path}.parameters.{name}", problem);
    }

    private void Policy(TriggerPolicy policy)
    {
        var path = $"policies.{policy.Type.Name()}";
        if (policy.BatchSize <= 0) Add($"{path}.batch_size", "batch_size must be greater than 0");
        if (policy.BatchTimeout <= TimeSpan.Zero) Add($"{path}.batch_timeout", "batch_timeout must be greater than 0");
        foreach (var (name, count) in policy.RateLimits)
        {
            if (count <= 0) Add($"{path}.rate_limits.{name}", $"Rate limit '{name}' must be greater than 0");
            if (RateLimitName.Parse(name) is null)
                Add($"{path}.rate_limits.{name}", $"'{name}' is not a name such as 'per_project_per_hour' (second, minute, hour or day)");
        }

        for (var index = 0; index < policy.Rules.Count; index++)
        {
            var rule = policy.Rules[index];
            if (string.IsNullOrWhiteSpace(rule.Name)) Add($"{path}.rules[{index}].name", "Rule name cannot be empty");
            if (string.IsNullOrWhiteSpace(rule.Condition))
                Add($"{path}.rules[{index}].condition", $"Rule '{rule.Name}' condition cannot be empty");
            foreach (var (name, problem) in RuleChange.Problems(rule.Parameters)) Add($"{path}.rules[{index}].parameters.{name}", problem);
        }
    }

    private void Required(string path, string type, string member) => Add(path, $"'{type}' needs '{member}'");

    private void Within(string path, double value, double least, double greatest = double.PositiveInfinity)
    {
        if (value >= least && value <= greatest) return;
        var bounds = greatest == double.PositiveInfinity
            ? string.Create(CultureInfo.InvariantCulture, $"at least {least}")
            : string.Create(CultureInfo.InvariantCulture, $"between {least} and {greatest}");
        Add(path, string.Create(CultureInfo.InvariantCulture, $"must be {bounds}; it is {value}"));
    }

    private void Add(string path, string message) => _problems.Add(new PolicyProblem(0, 0, path, message));
}
