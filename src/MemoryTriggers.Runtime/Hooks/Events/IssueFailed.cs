namespace MemoryTriggers.Hooks;

/// <summary>Resolving an issue failed.</summary>
public sealed record IssueFailed : ErrorHookEvent
{
    /// <summary>The issue, such as <c>ISS-042</c>; becomes a tag.</summary>
    public required string IssueId { get; init; }

    /// <inheritdoc/>
    public override HookType Type => HookType.IssueError;

    internal override string? Kind => IssueId;
}
