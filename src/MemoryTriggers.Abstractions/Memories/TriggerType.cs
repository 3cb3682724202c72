namespace MemoryTriggers;

/// <summary>The kind of event that a trigger remembers. Stored by its snake_case name (<see cref="TriggerNames"/>).</summary>
public enum TriggerType
{
    /// <summary>A workflow ended (<c>workflow_completion</c>).</summary>
    WorkflowCompletion,

    /// <summary>An issue was resolved (<c>issue_resolution</c>).</summary>
    IssueResolution,

    /// <summary>An agent worked (<c>agent_operation</c>).</summary>
    AgentOperation,

    /// <summary>An error was handled (<c>error_resolution</c>).</summary>
    ErrorResolution,

    /// <summary>A project reached a milestone (<c>project_milestone</c>).</summary>
    ProjectMilestone,

    /// <summary>Something was learned (<c>knowledge_capture</c>).</summary>
    KnowledgeCapture,

    /// <summary>A pattern was seen (<c>pattern_detection</c>).</summary>
    PatternDetection,

    /// <summary>A decision was made (<c>decision_point</c>).</summary>
    DecisionPoint,
}
