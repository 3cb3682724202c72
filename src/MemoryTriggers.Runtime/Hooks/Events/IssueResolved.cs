namespace MemoryTriggers.Hooks;

/// <summary>An issue was resolved.</summary>
public sealed record IssueResolved : HookEvent
{
    /// <summary>The issue, such as <c>ISS-042</c>.</summary>
    public required string IssueId { get; init; }

    /// <summary>How it was resolved. <value>None</value></summary>
    public string? Resolution { get; init; }

    /// <inheritdoc/>
    public override HookType Type => HookType.IssueResolved;

    internal override string? Subject => IssueId;

    internal override object? Detail => Resolution;
}
