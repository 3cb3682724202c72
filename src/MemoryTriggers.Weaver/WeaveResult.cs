using MemoryTriggers.Weaver.Diagnostics;

namespace MemoryTriggers.Weaver;

/// <summary>The result of weaving.</summary>
public sealed class WeaveResult(int methods, bool wasWoven, IReadOnlyList<WeaverProblem> problems, int calls = 0,
    IReadOnlyList<WeaverProblem>? warnings = null)
{
    /// <summary>How many methods were woven.</summary>
    public int Methods { get; } = methods;

    /// <summary>Whether the assembly had been woven before, and was left as it is.</summary>
    public bool WasWoven { get; } = wasWoven;

    /// <summary>Why nothing was changed; empty when all went well.</summary>
    public IReadOnlyList<WeaverProblem> Problems { get; } = problems;

    /// <summary>How many calls of other assemblies' methods were led to wrappers.</summary>
    public int Calls { get; } = calls;

    /// <summary>Warnings about woven code that may not be what was meant.</summary>
    public IReadOnlyList<WeaverProblem> Warnings { get; } = warnings ?? [];
}
