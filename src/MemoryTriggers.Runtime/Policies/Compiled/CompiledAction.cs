namespace MemoryTriggers.Policies;

/// <summary>An action of a rule, ready to be asked for.</summary>
/// <param name="Position">Its place in the rule as written.</param>
/// <param name="Source">The action as configured.</param>
/// <param name="Kind">Its effect on the evaluation.</param>
/// <param name="Parameters">Its parameters.</param>
/// <param name="Condition">Its own condition.</param>
/// <param name="Limits">The rate limits in that condition.</param>
internal sealed record CompiledAction(
    int Position, PolicyAction Source, ActionKind Kind, Template Parameters, CompiledCondition? Condition, CompiledLimit[] Limits)
{
    /// <summary>Whether its condition asks for the result of an action before.</summary>
    public bool IsLate { get; } = LateNames.AreIn(Source.Condition);

    /// <summary>The tag, where it is the same for all memories.</summary>
    public string? ConstantTag { get; } = Parameters.IsConstant ? ActionParameters.Text(Source.Parameters, "tag") : null;
}
