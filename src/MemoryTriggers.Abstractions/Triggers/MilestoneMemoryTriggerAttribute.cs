namespace MemoryTriggers;

/// <summary>Remembers each execution of the method as a milestone of a project. Priority: high unless set.</summary>
/// <param name="milestone">The milestone, such as <c>1.0</c>.</param>
public sealed class MilestoneMemoryTriggerAttribute(string milestone) : MemoryTriggerAttribute(TriggerType.ProjectMilestone, milestone)
{
    /// <summary>The milestone, such as <c>1.0</c>.</summary>
    public string Milestone { get; } = milestone;
}
