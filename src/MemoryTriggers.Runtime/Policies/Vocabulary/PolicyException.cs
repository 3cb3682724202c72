namespace MemoryTriggers;

/// <summary>Policies that cannot be used.</summary>
public sealed class PolicyException(IReadOnlyList<PolicyProblem> problems) : Exception(string.Join(Environment.NewLine, problems))
{
    /// <summary>All that is wrong with them.</summary>
    public IReadOnlyList<PolicyProblem> Problems { get; } = problems;
}
