namespace MemoryTriggers.Weaver;

/// <summary>What weaving came to.</summary>
public sealed class WeaveResult(int methods, bool wasWoven, IReadOnlyList<WeaverProblem> problems, IReadOnlyList<WeaverProblem>? warnings = null)
{
    /// <summary>How many methods were woven.</summary>
    public int Methods { get; } = methods;

    /// <summary>Whether the assembly had been woven before, and was left as it is.</summary>
    public bool WasWoven { get; } = wasWoven;

    /// <summary>Why nothing was changed; empty when all went well.</summary>
    public IReadOnlyList<WeaverProblem> Problems { get; } = problems;

    /// <summary>What is to be known of an assembly that was woven.</summary>
    public IReadOnlyList<WeaverProblem> Warnings { get; } = warnings ?? [];
}
