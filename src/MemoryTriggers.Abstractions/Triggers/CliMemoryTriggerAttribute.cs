namespace MemoryTriggers;

/// <summary>Remembers each execution of a command of a command line. Source: <c>cli</c>.</summary>
/// <param name="operationType">
/// What the command does: <c>workflow</c>, <c>agent</c>, <c>issue</c>, <c>error</c>, <c>milestone</c>, <c>knowledge</c>,
/// <c>pattern</c> or <c>decision</c>; the memory gets that trigger type. Anything else is a workflow of that name.
/// </param>
public sealed class CliMemoryTriggerAttribute(string operationType) : MemoryTriggerAttribute(TypeOf(operationType), operationType)
{
    /// <summary>The description of the command.</summary>
    public string OperationType { get; } = operationType;

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
