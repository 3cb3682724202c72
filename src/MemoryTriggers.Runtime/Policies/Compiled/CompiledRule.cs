namespace MemoryTriggers.Policies;

/// <summary>A rule as code.</summary>
internal sealed class CompiledRule
{
    public required int Number { get; init; }

    /// <summary>The name of its counters: the rule's, with its policy's before it in the short notation.</summary>
    public required string Name { get; init; }

    public required PolicyRule Source { get; init; }

    /// <summary>Which memories it is for; <see langword="null"/> for all.</summary>
    public required CompiledCondition? Scope { get; init; }

    public required CompiledCondition[] Conditions { get; init; }

    public required ConditionTest Test { get; init; }

    public required CompiledLimit[] Limits { get; init; }

    /// <summary>In the order of their numbers.</summary>
    public required CompiledAction[] Actions { get; init; }

    /// <summary>What <see cref="PolicyVerdict.Modify"/> changes.</summary>
    public RuleChange? Change { get; init; }

    /// <summary>One for all conditions of an AND; one for each of an OR. Made beforehand: a match makes no text.</summary>
    public required PolicyReason[] Reasons { get; init; }

    /// <summary>Whether a match depends on matches before.</summary>
    public required bool IsGuarded { get; init; }

    public PolicyReason ReasonFor(EvaluationContext context)
    {
        for (var index = 0; index < Reasons.Length - 1; index++)
        {
            if (Conditions[index].Number >= 0 && Conditions[index].Holds(context)) return Reasons[index];
        }

        return Reasons[^1];
    }
}
