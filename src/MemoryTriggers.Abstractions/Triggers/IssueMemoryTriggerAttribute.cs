using System.Diagnostics.CodeAnalysis;

namespace MemoryTriggers;

/// <summary>Remembers each execution of the method as the resolution of an issue. Priority: high unless set.</summary>
public sealed class IssueMemoryTriggerAttribute : MemoryTriggerAttribute
{
    /// <summary>By name: <c>[IssueMemoryTrigger(IssueId = ...)]</c>.</summary>
    public IssueMemoryTriggerAttribute() : base(TriggerType.IssueResolution)
    {
    }

    /// <summary>By position: <c>[IssueMemoryTrigger(...)]</c>.</summary>
    /// <param name="issueId">The issue, such as <c>ISS-0124</c>.</param>
    [SetsRequiredMembers]
    public IssueMemoryTriggerAttribute(string issueId) : this() => IssueId = issueId;

    /// <summary>The issue, such as <c>ISS-0124</c>.</summary>
    public required string IssueId
    {
        get => Subject ?? "";
        set => Subject = value;
    }
}
