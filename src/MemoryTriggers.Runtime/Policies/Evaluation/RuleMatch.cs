namespace MemoryTriggers.Policies;

/// <summary>
/// Whether a rule matches, its limits included. A limit counts a memory only when the whole rule matches, so that a rule that fails for
/// another reason uses nothing up. A negated limit, which holds above the limit, counts what the rule would have matched but for it.
/// </summary>
internal static class RuleMatch
{
    public static bool Test(CompiledRule rule, EvaluationContext context)
    {
        if (!rule.IsGuarded)
        {
            if (!rule.Test(context)) return false;
            context.States[rule.Number].Executed();
            return true;
        }

        var state = context.States[rule.Number];
        lock (state.Gate)
        {
            if (IsDoneOrInCooldown(rule, context)) return false;
            if (rule.Test(context))
            {
                Count(rule.Limits, state, context, isNegated: false);
                state.Executed();
                state.Matched(context.Now);
                return true;
            }

            if (Array.Exists(rule.Limits, static limit => limit.IsNegated)) CountTowardsExceeding(rule, state, context);
            return false;
        }
    }

    /// <summary>Whether the rule is done for good, or rests after a match.</summary>
    public static bool IsDoneOrInCooldown(CompiledRule rule, EvaluationContext context)
    {
        var state = context.States[rule.Number];
        return rule.Source.MaxExecutions <= state.AllExecutions
            || rule.Source.CooldownPeriod is { } cooldown && state.IsInCooldown(cooldown, context.Now);
    }

    /// <summary>Whether an action's own condition holds; what it limits is counted.</summary>
    public static bool Test(CompiledAction action, RuleState state, EvaluationContext context)
    {
        if (action.Condition is not { } condition) return true;
        if (action.Limits.Length == 0) return condition.Holds(context);
        lock (state.Gate)
        {
            var holds = condition.Holds(context);
            Count(action.Limits, state, context, isNegated: !holds);
            return holds;
        }
    }

    private static void CountTowardsExceeding(CompiledRule rule, RuleState state, EvaluationContext context)
    {
        context.AssumeExceeded = true;
        try
        {
            if (rule.Test(context)) Count(rule.Limits, state, context, isNegated: true);
        }
        finally
        {
            context.AssumeExceeded = false;
        }
    }

    private static void Count(CompiledLimit[] limits, RuleState state, EvaluationContext context, bool isNegated)
    {
        foreach (var limit in limits)
        {
            if (limit.IsNegated == isNegated && state.HasRoom(limit, context)) state.Count(limit, context);
        }
    }
}
