namespace MemoryTriggers;

/// <summary>A configuration cannot be used. The message has all that is wrong, with its place.</summary>
/// <param name="issues">What is wrong.</param>
public sealed class MemoryConfigurationException(IReadOnlyList<MemoryConfigurationIssue> issues)
    : Exception(string.Join(Environment.NewLine, issues.Select(static issue => issue.ToString())))
{
    /// <summary>What is wrong.</summary>
    public IReadOnlyList<MemoryConfigurationIssue> Issues { get; } = issues;
}
