namespace MemoryTriggers;

/// <summary>The types of events that a program can report.</summary>
public enum HookType
{
    /// <summary>A workflow begins (<c>workflow_start</c>). Only callbacks are notified.</summary>
    WorkflowStart,

    /// <summary>A workflow ended (<c>workflow_complete</c>).</summary>
    WorkflowComplete,

    /// <summary>A workflow was left by an error (<c>workflow_error</c>).</summary>
    WorkflowError,

    /// <summary>An agent begins (<c>agent_operation_start</c>). Only callbacks are notified.</summary>
    AgentOperationStart,

    /// <summary>An agent is done (<c>agent_operation_complete</c>).</summary>
    AgentOperationComplete,

    /// <summary>An agent failed (<c>agent_operation_error</c>).</summary>
    AgentOperationError,

    /// <summary>An issue was opened (<c>issue_created</c>). Only callbacks are notified.</summary>
    IssueCreated,

    /// <summary>An issue was resolved (<c>issue_resolved</c>).</summary>
    IssueResolved,

    /// <summary>Resolving an issue failed (<c>issue_error</c>).</summary>
    IssueError,

    /// <summary>A milestone was reached (<c>project_milestone</c>).</summary>
    ProjectMilestone,

    /// <summary>An error occurred, or was resolved (<c>error_resolution</c>).</summary>
    ErrorResolution,

    /// <summary>Something was learned (<c>knowledge_capture</c>).</summary>
    KnowledgeCapture,

    /// <summary>A pattern was seen (<c>pattern_detection</c>).</summary>
    PatternDetection,

    /// <summary>A decision was made (<c>decision_point</c>).</summary>
    DecisionPoint,
}
