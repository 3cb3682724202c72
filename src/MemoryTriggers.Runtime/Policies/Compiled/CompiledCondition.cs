namespace MemoryTriggers.Policies;

/// <summary>A condition as code, with what is needed to explain it.</summary>
/// <param name="Source">The condition as configured.</param>
/// <param name="Text">The condition in words.</param>
/// <param name="Test">The whole test, negation included. Does not look at what was answered before.</param>
/// <param name="Children">The conditions inside a composite.</param>
internal sealed record CompiledCondition(PolicyCondition Source, string Text, ConditionTest Test, CompiledCondition[] Children)
{
    /// <summary>Where its answer is kept; -1 when it depends on more than the memory.</summary>
    public int Number { get; init; } = -1;

    public bool Holds(EvaluationContext context) => Number >= 0 ? context.Holds(Number) : Test(context);
}
