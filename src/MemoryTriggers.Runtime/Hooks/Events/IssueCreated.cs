namespace MemoryTriggers.Hooks;

/// <summary>An issue was opened. Callbacks are notified; it is not remembered.</summary>
public sealed record IssueCreated : HookEvent
{
    /// <summary>The issue, such as <c>ISS-042</c>.</summary>
    public required string IssueId { get; init; }

    /// <inheritdoc/>
    public override HookType Type => HookType.IssueCreated;

    internal override string? Subject => IssueId;
}
