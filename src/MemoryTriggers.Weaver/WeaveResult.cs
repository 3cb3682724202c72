namespace MemoryTriggers.Weaver;

/// <summary>What weaving came to.</summary>
public sealed class WeaveResult(int methods, bool wasWoven, IReadOnlyList<WeaverProblem> problems)
{
    /// <summary>How many methods were woven.</summary>
    public int Methods { get; } = methods;

    /// <summary>Whether the assembly had been woven before, and was left as it is.</summary>
    public bool WasWoven { get; } = wasWoven;

    /// <summary>Why nothing was changed; empty when all went well.</summary>
    public IReadOnlyList<WeaverProblem> Problems { get; } = problems;
}
