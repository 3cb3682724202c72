namespace MemoryTriggers.Policies;

/// <summary>Goes through all rules of a set, those too that the index would leave out.</summary>
internal static class Explainer
{
    public static IReadOnlyList<PolicyExplanation> Explain(InstalledSet installed, MemoryEntry entry, TimeProvider time)
    {
        var set = installed.Set;
        var context = new EvaluationContext(set.Compiled);
        context.Start(entry, installed.States, time);
        var longRules = set.Compiled.ByName.Count;
        var found = set.Compiled.Rules.Select((rule, number) =>
            number < longRules ? Explain(rule, context) : ExplainShort(rule, set, entry, context)).ToList();
        found.AddRange(set.Rules.Where(static rule => !rule.Enabled)
            .Select(static rule => new PolicyExplanation(rule.Name, false, "it is switched off", [])));
        return found;
    }

    private static PolicyExplanation ExplainShort(CompiledRule rule, PolicySet set, MemoryEntry entry, EvaluationContext context)
    {
        var type = rule.Name[..rule.Name.IndexOf('/', StringComparison.Ordinal)];
        if (entry.TriggerType?.Name() != type) return Explain(rule, context) with { Matches = false, Why = $"it is for {type} only" };
        return set.Policies.First(policy => policy.Type == entry.TriggerType).Enabled
            ? Explain(rule, context)
            : Explain(rule, context) with { Matches = false, Why = "its policy is switched off" };
    }

    private static PolicyExplanation Explain(CompiledRule rule, EvaluationContext context)
    {
        IEnumerable<CompiledCondition> all = rule.Scope is { } scope ? [scope, .. rule.Conditions] : rule.Conditions;
        List<PolicyConditionExplanation> conditions = [.. all.Select(condition => Explain(condition, context))];
        if (Holds(rule.Test, context) is not { } holds) return new PolicyExplanation(rule.Name, false, "testing it fails", conditions);
        if (!holds) return new PolicyExplanation(rule.Name, false, Missed(rule, conditions), conditions);
        return rule.Source.MaxExecutions <= context.States[rule.Number].Executions
            ? new PolicyExplanation(rule.Name, false, "it has reached its limit of matches", conditions)
            : RuleMatch.IsDoneOrInCooldown(rule, context)
                ? new PolicyExplanation(rule.Name, false, "it is in its cooldown after the last match", conditions)
                : new PolicyExplanation(rule.Name, true, "its conditions hold", conditions);
    }

    private static string Missed(CompiledRule rule, List<PolicyConditionExplanation> conditions) =>
        rule.Source.ConditionOperator == PolicyOperator.And || conditions is [{ Holds: not true }, ..] && rule.Scope is not null
            ? $"this does not hold: {conditions.Find(static condition => condition.Holds != true)?.Condition}"
            : "none of its conditions holds";

    private static PolicyConditionExplanation Explain(CompiledCondition condition, EvaluationContext context) =>
        new(condition.Text, Holds(condition.Test, context), [.. condition.Children.Select(child => Explain(child, context))]);

    private static bool? Holds(ConditionTest test, EvaluationContext context)
    {
        try
        {
            return test(context);
        }
        catch (Exception)
        {
            // What fails in an evaluation is shown, not thrown: that is what an explanation is for.
            return null;
        }
    }
}
