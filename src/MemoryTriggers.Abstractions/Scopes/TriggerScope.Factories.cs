namespace MemoryTriggers;

public sealed partial class TriggerScope
{
    /// <summary>Opens a scope for a workflow. Priority: high unless set.</summary>
    /// <param name="operation">The operation, such as <c>deployment</c>.</param>
    /// <param name="project">The project; that of the scope around this one, else the configured one, when not set.</param>
    /// <param name="workflowType">The type of workflow, such as <c>deploy</c>.</param>
    /// <param name="priority">How urgent the memory is.</param>
    /// <exception cref="ArgumentException"><paramref name="operation"/> is empty.</exception>
    public static TriggerScope Workflow(
        string operation, string? project = null, string? workflowType = null, TriggerPriority? priority = null) =>
        Open(TriggerType.WorkflowCompletion, operation, project, workflowType, priority);

    /// <summary>Opens a scope for the work of an agent. Priority: medium unless set.</summary>
    /// <param name="operation">The operation, such as <c>deployment</c>.</param>
    /// <param name="project">The project; that of the scope around this one, else the configured one, when not set.</param>
    /// <param name="agentType">The type of agent, such as <c>qa</c>.</param>
    /// <param name="priority">How urgent the memory is.</param>
    /// <exception cref="ArgumentException"><paramref name="operation"/> is empty.</exception>
    public static TriggerScope Agent(
        string operation, string? project = null, string? agentType = null, TriggerPriority? priority = null) =>
        Open(TriggerType.AgentOperation, operation, project, agentType, priority);

    /// <summary>Opens a scope for the resolution of an issue. Priority: high unless set.</summary>
    /// <param name="operation">The operation, such as <c>deployment</c>.</param>
    /// <param name="project">The project; that of the scope around this one, else the configured one, when not set.</param>
    /// <param name="issueId">The issue, such as <c>ISS-042</c>.</param>
    /// <param name="priority">How urgent the memory is.</param>
    /// <exception cref="ArgumentException"><paramref name="operation"/> is empty.</exception>
    public static TriggerScope Issue(
        string operation, string? project = null, string? issueId = null, TriggerPriority? priority = null) =>
        Open(TriggerType.IssueResolution, operation, project, issueId, priority);

    /// <summary>Opens a scope for the handling of an error. Priority: critical unless set.</summary>
    /// <param name="operation">The operation, such as <c>deployment</c>.</param>
    /// <param name="project">The project; that of the scope around this one, else the configured one, when not set.</param>
    /// <param name="errorType">The type of error, such as <c>database_error</c>.</param>
    /// <param name="priority">How urgent the memory is.</param>
    /// <exception cref="ArgumentException"><paramref name="operation"/> is empty.</exception>
    public static TriggerScope Error(
        string operation, string? project = null, string? errorType = null, TriggerPriority? priority = null) =>
        Open(TriggerType.ErrorResolution, operation, project, errorType, priority);

    /// <summary>Opens a scope for a milestone. Priority: high unless set.</summary>
    /// <param name="operation">The operation, such as <c>deployment</c>.</param>
    /// <param name="project">The project; that of the scope around this one, else the configured one, when not set.</param>
    /// <param name="milestone">The milestone, such as <c>1.0</c>.</param>
    /// <param name="priority">How urgent the memory is.</param>
    /// <exception cref="ArgumentException"><paramref name="operation"/> is empty.</exception>
    public static TriggerScope Milestone(
        string operation, string? project = null, string? milestone = null, TriggerPriority? priority = null) =>
        Open(TriggerType.ProjectMilestone, operation, project, milestone, priority);

    /// <summary>Opens a scope for something learned. Priority: medium unless set.</summary>
    /// <param name="operation">The operation, such as <c>deployment</c>.</param>
    /// <param name="project">The project; that of the scope around this one, else the configured one, when not set.</param>
    /// <param name="knowledgeType">The type of knowledge, such as <c>best_practices</c>.</param>
    /// <param name="priority">How urgent the memory is.</param>
    /// <exception cref="ArgumentException"><paramref name="operation"/> is empty.</exception>
    public static TriggerScope Knowledge(
        string operation, string? project = null, string? knowledgeType = null, TriggerPriority? priority = null) =>
        Open(TriggerType.KnowledgeCapture, operation, project, knowledgeType, priority);

    /// <summary>Opens a scope for a detected pattern. Priority: medium unless set.</summary>
    /// <param name="operation">The operation, such as <c>deployment</c>.</param>
    /// <param name="project">The project; that of the scope around this one, else the configured one, when not set.</param>
    /// <param name="patternType">The type of pattern, such as <c>retry_storm</c>.</param>
    /// <param name="priority">How urgent the memory is.</param>
    /// <exception cref="ArgumentException"><paramref name="operation"/> is empty.</exception>
    public static TriggerScope Pattern(
        string operation, string? project = null, string? patternType = null, TriggerPriority? priority = null) =>
        Open(TriggerType.PatternDetection, operation, project, patternType, priority);

    /// <summary>Opens a scope for a decision. Priority: high unless set.</summary>
    /// <param name="operation">The operation, such as <c>deployment</c>.</param>
    /// <param name="project">The project; that of the scope around this one, else the configured one, when not set.</param>
    /// <param name="decisionType">The type of decision, such as <c>architecture</c>.</param>
    /// <param name="priority">How urgent the memory is.</param>
    /// <exception cref="ArgumentException"><paramref name="operation"/> is empty.</exception>
    public static TriggerScope Decision(
        string operation, string? project = null, string? decisionType = null, TriggerPriority? priority = null) =>
        Open(TriggerType.DecisionPoint, operation, project, decisionType, priority);
}
