namespace MemoryTriggers.Weaver;

/// <summary>What is to be done, or why nothing can be.</summary>
internal sealed class WeavePlan(IReadOnlyList<PlannedMethod> methods, IReadOnlyList<WeaverProblem> problems)
{
    public IReadOnlyList<PlannedMethod> Methods { get; } = methods;

    public IReadOnlyList<WeaverProblem> Problems { get; } = problems;
}
