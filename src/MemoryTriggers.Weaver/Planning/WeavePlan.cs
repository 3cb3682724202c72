using MemoryTriggers.Weaver.Diagnostics;

namespace MemoryTriggers.Weaver.Planning;

/// <summary>The planned changes, or the problems that prevent them.</summary>
internal sealed class WeavePlan(
    IReadOnlyList<PlannedMethod> methods, IReadOnlyList<PlannedCalls> calls, IReadOnlyList<WeaverProblem> problems,
    IReadOnlyList<WeaverProblem> warnings)
{
    public IReadOnlyList<PlannedMethod> Methods { get; } = methods;

    public IReadOnlyList<PlannedCalls> Calls { get; } = calls;

    /// <summary>Each one alone keeps the assembly as it is.</summary>
    public IReadOnlyList<WeaverProblem> Problems { get; } = problems;

    /// <summary>Warnings about woven code that may not be what was meant.</summary>
    public IReadOnlyList<WeaverProblem> Warnings { get; } = warnings;
}
