using System.Text.Json;

namespace MemoryTriggers.Policies;

/// <summary>Does what a rule that matched asks for: to the memory at once, to the world by handing it over.</summary>
internal static class RuleApplication
{
    /// <exception cref="Exception">Any exception of a condition of an action; the rule's actions before it remain.</exception>
    public static void Apply(CompiledRule rule, EvaluationContext context, Verdict verdict)
    {
        if (rule.Change is { } change) verdict.Entry = change.Apply(verdict.Entry);
        var state = context.States[rule.Number];
        Guid? created = null;
        foreach (var action in rule.Actions)
        {
            if (verdict.IsFinal) return;
            if (!action.IsLate && !RuleMatch.Test(action, state, context)) continue;
            if (action.Kind == ActionKind.Skip) return;
            Do(rule, action, context, verdict, ref created);
        }
    }

    private static void Do(CompiledRule rule, CompiledAction action, EvaluationContext context, Verdict verdict, ref Guid? created)
    {
        if (action is { ConstantTag: { } constant, Kind: ActionKind.AddTag or ActionKind.RemoveTag })
        {
            verdict.ChangeTag(constant, action.Kind == ActionKind.AddTag);
            return;
        }

        var parameters = action.Parameters.Fill(context, created, out var missing);
        switch (action.Kind)
        {
            case ActionKind.Score:
                // A score from the memory may be anything; out of range it is none.
                if (ActionParameters.Number(parameters, "score") is { } score and >= 0 and <= 1)
                    verdict.Entry = verdict.Entry with { QualityScore = score };
                else verdict.Because(new PolicyReason(rule.Name, PolicyActionTypes.SetQualityScore,
                    "the score is not a number between 0 and 1; it is left as it is"));
                break;
            case ActionKind.AddTag:
                verdict.ChangeTag(ActionParameters.Text(parameters, "tag") ?? "", isAdded: true);
                break;
            case ActionKind.RemoveTag:
                verdict.ChangeTag(ActionParameters.Text(parameters, "tag") ?? "", isAdded: false);
                break;
            case ActionKind.Log:
                if (verdict.Logger is { } logger) PolicyLogLine.Write(logger, rule.Name, parameters);
                break;
            case ActionKind.Abort:
                verdict.Kind = PolicyVerdict.Deny;
                verdict.Because(new PolicyReason(rule.Name, PolicyActionTypes.Abort, "it aborts"));
                return;
            case ActionKind.Chain:
                Chain(rule, parameters, context, verdict);
                break;
            default:
                var source = action.IsLate
                    ? action.Source with { Condition = LateCondition.Rest(action.Condition!, context) }
                    : action.Source;
                var call = new PolicyActionCall(rule.Name, action.Position, source, parameters, missing);
                if (source.Type == PolicyActionTypes.CreateMemory) created = ActionId.Of(call, context.Entry);
                verdict.Ask(call);
                break;
        }

        if (missing.Count > 0)
            verdict.Because(new PolicyReason(rule.Name, action.Source.Type, $"the memory has no value for {string.Join(", ", missing)}"));
    }

    // The chained rule keeps its own conditions; they see the context that it is given besides the memory. Chains end: cycles are refused
    // when the set is made, and a rule applies once.
    private static void Chain(CompiledRule from, JsonElement parameters, EvaluationContext context, Verdict verdict)
    {
        var name = ActionParameters.Text(parameters, "policy_name")!;
        if (!context.Set.ByName.TryGetValue(name, out var target))
        {
            verdict.Because(new PolicyReason(from.Name, PolicyActionTypes.ChainPolicy, $"'{name}' is switched off"));
            return;
        }

        var inner = parameters.TryGetProperty("context", out var overlay) ? context.With(overlay) : context;
        if (verdict.HasApplied(target) || !RuleMatch.Test(target, inner)) return;
        verdict.Applied(target);
        verdict.Decide(target);
        verdict.Because(target.ReasonFor(inner));
        Apply(target, inner, verdict);
        if (target.Actions.Length == 0 || Array.TrueForAll(target.Actions, static action => action.Kind != ActionKind.Effect))
            context.States[target.Number].Succeeded();
    }
}
