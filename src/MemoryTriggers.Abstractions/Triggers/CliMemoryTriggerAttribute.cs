using System.Diagnostics.CodeAnalysis;

namespace MemoryTriggers;

/// <summary>Remembers each execution of a command of a command line. Source: <c>cli</c>.</summary>
public sealed class CliMemoryTriggerAttribute : MemoryTriggerAttribute
{
    /// <summary>By name: <c>[CliMemoryTrigger(OperationType = ...)]</c>.</summary>
    public CliMemoryTriggerAttribute() : base(TriggerType.WorkflowCompletion)
    {
    }

    /// <summary>By position: <c>[CliMemoryTrigger(...)]</c>.</summary>
    /// <param name="operationType">What the command does: see <see cref="OperationType"/>.</param>
    [SetsRequiredMembers]
    public CliMemoryTriggerAttribute(string operationType) : this() => OperationType = operationType;

    /// <summary>
    /// What the command does: <c>workflow</c>, <c>agent</c>, <c>issue</c>, <c>error</c>, <c>milestone</c>, <c>knowledge</c>,
    /// <c>pattern</c> or <c>decision</c>; the memory gets that trigger type. Anything else is a workflow of that name.
    /// </summary>
    public required string OperationType
    {
        get => Subject ?? "";
        set => (Subject, TriggerType) = (value, TypeOf(value));
    }

    private static TriggerType TypeOf(string operationType) => operationType switch
    {
        "agent" => TriggerType.AgentOperation,
        "issue" => TriggerType.IssueResolution,
        "error" => TriggerType.ErrorResolution,
        "milestone" => TriggerType.ProjectMilestone,
        "knowledge" => TriggerType.KnowledgeCapture,
        "pattern" => TriggerType.PatternDetection,
        "decision" => TriggerType.DecisionPoint,
        _ => TriggerType.WorkflowCompletion,
    };
}
