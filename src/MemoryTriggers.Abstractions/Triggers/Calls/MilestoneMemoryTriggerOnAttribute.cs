namespace MemoryTriggers;

/// <summary>Remembers each call that this assembly makes to a method of another assembly as a milestone of a project.</summary>
/// <param name="type">The type that declares the method.</param>
/// <param name="method">The method's name.</param>
/// <param name="milestone">The milestone, such as <c>1.0</c>.</param>
public sealed class MilestoneMemoryTriggerOnAttribute(Type type, string method, string milestone)
    : MemoryTriggerOnAttribute(TriggerType.ProjectMilestone, type, method, milestone)
{
    /// <summary>The milestone, such as <c>1.0</c>.</summary>
    public string Milestone { get; } = milestone;
}
