namespace MemoryTriggers;

/// <summary>Remembers each execution of the method as the resolution of an issue. Priority: high unless set.</summary>
/// <param name="issueId">The issue, such as <c>ISS-0124</c>.</param>
public sealed class IssueMemoryTriggerAttribute(string issueId) : MemoryTriggerAttribute(TriggerType.IssueResolution, issueId)
{
    /// <summary>The issue, such as <c>ISS-0124</c>.</summary>
    public string IssueId { get; } = issueId;
}
