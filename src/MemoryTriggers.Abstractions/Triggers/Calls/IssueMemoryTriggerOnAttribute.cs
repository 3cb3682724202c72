namespace MemoryTriggers;

/// <summary>Remembers each call that this assembly makes to a method of another assembly as the resolution of an issue.</summary>
/// <param name="type">The type that declares the method.</param>
/// <param name="method">The method's name.</param>
/// <param name="issueId">The issue, such as <c>ISS-0124</c>.</param>
public sealed class IssueMemoryTriggerOnAttribute(Type type, string method, string issueId)
    : MemoryTriggerOnAttribute(TriggerType.IssueResolution, type, method, issueId)
{
    /// <summary>The issue, such as <c>ISS-0124</c>.</summary>
    public string IssueId { get; } = issueId;
}
