using System.Diagnostics.CodeAnalysis;

namespace MemoryTriggers;

/// <summary>Remembers each execution of the method as a milestone of a project. Priority: high unless set.</summary>
public sealed class MilestoneMemoryTriggerAttribute : MemoryTriggerAttribute
{
    /// <summary>By name: <c>[MilestoneMemoryTrigger(Milestone = ...)]</c>.</summary>
    public MilestoneMemoryTriggerAttribute() : base(TriggerType.ProjectMilestone)
    {
    }

    /// <summary>By position: <c>[MilestoneMemoryTrigger(...)]</c>.</summary>
    /// <param name="milestone">The milestone, such as <c>1.0</c>.</param>
    [SetsRequiredMembers]
    public MilestoneMemoryTriggerAttribute(string milestone) : this() => Milestone = milestone;

    /// <summary>The milestone, such as <c>1.0</c>.</summary>
    public required string Milestone
    {
        get => Subject ?? "";
        set => Subject = value;
    }
}
