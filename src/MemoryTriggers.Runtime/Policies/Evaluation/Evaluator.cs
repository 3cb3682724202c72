using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Policies;

/// <summary>
/// The order in which a decision is made: the policy of the type (its first rule that matches, or its default, and its limits), the
/// programs' policies, the rules. A denied or deferred memory goes no further. A rule that fails is skipped.
/// </summary>
internal static class Evaluator
{
    // Each of them may take SafeRegex.TimeLimit; a thousand would hold the pump up for minutes.
    private const int MaxTimeouts = 3;
    private static readonly PolicyReason[] GivenUp = [new("policies", "error", "the evaluation failed; the memory is kept as it is")];
    private static readonly PolicyReason[] NoRule = [new("policies", "default", "no rule matched")];

    /// <param name="plan">The policies of the memory's type.</param>
    /// <param name="context">The memory.</param>
    /// <param name="verdict">Where the decision is made.</param>
    /// <param name="logger">Where <c>log_event</c> writes.</param>
    /// <param name="failure">The type of the exception that ended the evaluation; the memory is allowed then.</param>
    public static PolicyDecision Evaluate(PolicyPlan plan, EvaluationContext context, Verdict verdict, ILogger? logger, out string? failure)
    {
        var entry = context.Entry;
        try
        {
            failure = null;
            return Decide(plan, context, verdict, logger);
        }
        catch (Exception exception)
        {
            // Evaluation boundary: a memory is worth more than the rules about it.
            failure = exception.GetType().Name;
            return new PolicyDecision(PolicyVerdict.Allow, entry, [.. GivenUp, .. verdict.Reasons], []);
        }
    }

    private static PolicyDecision Decide(PolicyPlan plan, EvaluationContext context, Verdict verdict, ILogger? logger)
    {
        var entry = context.Entry;
        verdict.Start(entry, logger, NoRule);
        if (plan.Policy is { } policy) AskPolicy(policy, context, verdict);
        if (!verdict.IsFinal) AskPrograms(plan, context, verdict);
        if (!verdict.IsFinal) AskRules(plan.Rules, context, verdict);
        return verdict.ToDecision(entry);
    }

    private static void AskPolicy(CompiledPolicy policy, EvaluationContext context, Verdict verdict)
    {
        if (!policy.Source.Enabled)
        {
            verdict.Kind = PolicyVerdict.Deny;
            verdict.Because(policy.Disabled[0]);
            return;
        }

        verdict.Kind = policy.Source.DefaultDecision;
        verdict.Otherwise = policy.Default;
        policy.Rules.Collect(context);
        for (var position = 0; policy.Rules.Next(context, ref position) is { } rule;)
        {
            if (!Matches(rule, context, verdict)) continue;
            verdict.Kind = rule.Source.Verdict!.Value;
            verdict.Otherwise = [];
            verdict.Because(rule.ReasonFor(context));
            Apply(rule, context, verdict);
            break;
        }

        if (verdict.Kind is not (PolicyVerdict.Deny or PolicyVerdict.Defer) && IsOverLimit(policy, context))
        {
            verdict.Kind = PolicyVerdict.Defer;
            verdict.Because(policy.OverLimit[0]);
        }
    }

    // All limits together or none: what one limit defers must not use up another.
    private static bool IsOverLimit(CompiledPolicy policy, EvaluationContext context)
    {
        if (policy.Limits.Length == 0) return false;
        var state = context.States[policy.State];
        lock (state.Gate)
        {
            foreach (var limit in policy.Limits)
            {
                if (!state.HasRoom(limit, context)) return true;
            }

            foreach (var limit in policy.Limits) state.Count(limit, context);
            return false;
        }
    }

    private static void AskPrograms(PolicyPlan plan, EvaluationContext context, Verdict verdict)
    {
        for (var index = 0; index < plan.Programs.Length && !verdict.IsFinal; index++)
        {
            var program = plan.Programs[index];
            if (program.AppliesTo is { } type && type != context.Entry.TriggerType) continue;
            var state = context.States[plan.FirstProgramState + index];
            try
            {
                if (program.Evaluate(verdict.Entry) is not { } opinion) continue;
                state.Executed();
                if (opinion.Verdict != PolicyVerdict.Allow) (verdict.Kind, verdict.Otherwise) = (opinion.Verdict, []);
                if (opinion.Entry is { } changed) verdict.Entry = changed;
                verdict.Because(new PolicyReason(program.Name, "program", opinion.Why));
                state.Succeeded();
            }
            catch (Exception exception)
            {
                // The user's code: whatever it throws must not cost the memory.
                Failed(program.Name, state, exception, verdict);
            }
        }
    }

    private static void AskRules(RuleIndex rules, EvaluationContext context, Verdict verdict)
    {
        if (rules.IsEmpty) return;
        rules.Collect(context);
        var hasChains = context.Set.HasChains;
        for (var position = 0; rules.Next(context, ref position) is { } rule;)
        {
            if (hasChains && verdict.HasApplied(rule) || !Matches(rule, context, verdict)) continue;
            if (hasChains) verdict.Applied(rule);
            verdict.Decide(rule);
            verdict.Because(rule.ReasonFor(context));
            Apply(rule, context, verdict);
            if (verdict.IsFinal) return;
        }
    }

    private static bool Matches(CompiledRule rule, EvaluationContext context, Verdict verdict)
    {
        try
        {
            return RuleMatch.Test(rule, context);
        }
        catch (Exception exception) when (IsBearable(exception, verdict))
        {
            Failed(rule.Name, context.States[rule.Number], exception, verdict);
            return false;
        }
    }

    private static void Apply(CompiledRule rule, EvaluationContext context, Verdict verdict)
    {
        var state = context.States[rule.Number];
        try
        {
            RuleApplication.Apply(rule, context, verdict);
            // What is handed over counts when it has been executed.
            if (Array.TrueForAll(rule.Actions, static action => action.Kind != ActionKind.Effect)) state.Succeeded();
        }
        catch (Exception exception) when (IsBearable(exception, verdict))
        {
            Failed(rule.Name, state, exception, verdict);
        }
    }

    private static bool IsBearable(Exception exception, Verdict verdict) =>
        exception is not RegexMatchTimeoutException || ++verdict.Timeouts < MaxTimeouts;

    // The message of an exception may hold what the memory holds; its type does not.
    private static void Failed(string name, RuleState state, Exception exception, Verdict verdict)
    {
        var kind = exception.GetType().Name;
        state.Failed();
        verdict.Because(new PolicyReason(name, "error", $"it failed ({kind}) and was skipped"));
        if (verdict.Logger is { } logger) Log.RuleFailed(logger, name, kind);
    }
}
