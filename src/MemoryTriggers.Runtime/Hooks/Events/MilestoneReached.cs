namespace MemoryTriggers.Hooks;

/// <summary>A project reached a milestone.</summary>
public sealed record MilestoneReached : HookEvent
{
    /// <summary>The milestone, such as <c>1.0</c>.</summary>
    public required string Milestone { get; init; }

    /// <summary>What it means. <value>None</value></summary>
    public string? Description { get; init; }

    /// <inheritdoc/>
    public override HookType Type => HookType.ProjectMilestone;

    internal override string? Subject => Milestone;

    internal override object? Detail => Description;
}
