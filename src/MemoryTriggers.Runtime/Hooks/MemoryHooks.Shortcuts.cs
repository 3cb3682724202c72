namespace MemoryTriggers;

// The most frequent events, without an event object to fill in.
public sealed partial class MemoryHooks
{
    /// <summary>An error occurred.</summary>
    /// <param name="exception">The thrown exception.</param>
    /// <param name="operation">Where, such as <c>checkout</c>.</param>
    /// <param name="solution">The solution; if given, the error counts as resolved.</param>
    /// <param name="cancellationToken">As for <see cref="PublishAsync"/>.</param>
    /// <returns>Whether the journal accepted the memory.</returns>
    public ValueTask<bool> OnErrorAsync(Exception exception, string operation, string? solution = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return PublishAsync(
            new() { Type = HookType.ErrorResolution, Exception = exception, Operation = operation, Solution = solution },
            cancellationToken);
    }

    /// <summary>A workflow succeeded.</summary>
    /// <param name="operation">The operation, such as <c>deployment</c>.</param>
    /// <param name="duration">How long it took.</param>
    /// <param name="workflowType">The type of workflow, such as <c>deploy</c>.</param>
    /// <param name="results">The result.</param>
    /// <param name="cancellationToken">As for <see cref="PublishAsync"/>.</param>
    /// <returns>Whether the journal accepted the memory.</returns>
    public ValueTask<bool> OnWorkflowCompletedAsync(
        string operation, TimeSpan duration, string? workflowType = null, object? results = null,
        CancellationToken cancellationToken = default) =>
        PublishAsync(
            new()
            {
                Type = HookType.WorkflowComplete, Operation = operation, Duration = duration, Subject = workflowType, Detail = results,
            },
            cancellationToken);

    /// <summary>An agent succeeded.</summary>
    /// <param name="agentType">The type of agent, such as <c>qa</c>.</param>
    /// <param name="operation">What it did.</param>
    /// <param name="duration">How long it took.</param>
    /// <param name="results">The result.</param>
    /// <param name="cancellationToken">As for <see cref="PublishAsync"/>.</param>
    /// <returns>Whether the journal accepted the memory.</returns>
    public ValueTask<bool> OnAgentOperationCompletedAsync(
        string agentType, string operation, TimeSpan duration, object? results = null, CancellationToken cancellationToken = default) =>
        PublishAsync(
            new()
            {
                Type = HookType.AgentOperationComplete, Subject = agentType, Operation = operation, Duration = duration, Detail = results,
            },
            cancellationToken);

    /// <summary>An issue was resolved.</summary>
    /// <param name="issueId">Such as <c>ISS-042</c>.</param>
    /// <param name="resolution">How.</param>
    /// <param name="cancellationToken">As for <see cref="PublishAsync"/>.</param>
    /// <returns>Whether the journal accepted the memory.</returns>
    public ValueTask<bool> OnIssueResolvedAsync(string issueId, string resolution, CancellationToken cancellationToken = default) =>
        PublishAsync(new() { Type = HookType.IssueResolved, Subject = issueId, Detail = resolution }, cancellationToken);

    /// <summary>A project reached a milestone.</summary>
    /// <param name="milestone">Such as <c>1.0</c>.</param>
    /// <param name="description">What it means.</param>
    /// <param name="cancellationToken">As for <see cref="PublishAsync"/>.</param>
    /// <returns>Whether the journal accepted the memory.</returns>
    public ValueTask<bool> OnProjectMilestoneAsync(string milestone, string description, CancellationToken cancellationToken = default) =>
        PublishAsync(new() { Type = HookType.ProjectMilestone, Subject = milestone, Detail = description }, cancellationToken);

    /// <summary>Something was learned.</summary>
    /// <param name="knowledgeType">Such as <c>best_practices</c>.</param>
    /// <param name="content">What.</param>
    /// <param name="cancellationToken">As for <see cref="PublishAsync"/>.</param>
    /// <returns>Whether the journal accepted the memory.</returns>
    public ValueTask<bool> OnKnowledgeCapturedAsync(string knowledgeType, string content, CancellationToken cancellationToken = default) =>
        PublishAsync(new() { Type = HookType.KnowledgeCapture, Subject = knowledgeType, Detail = content }, cancellationToken);

    /// <summary>A pattern was seen.</summary>
    /// <param name="patternType">Such as <c>retry_storm</c>.</param>
    /// <param name="description">What was seen.</param>
    /// <param name="cancellationToken">As for <see cref="PublishAsync"/>.</param>
    /// <returns>Whether the journal accepted the memory.</returns>
    public ValueTask<bool> OnPatternDetectedAsync(string patternType, string description, CancellationToken cancellationToken = default) =>
        PublishAsync(new() { Type = HookType.PatternDetection, Subject = patternType, Detail = description }, cancellationToken);

    /// <summary>A decision was made.</summary>
    /// <param name="decision">The verdict.</param>
    /// <param name="rationale">Why.</param>
    /// <param name="cancellationToken">As for <see cref="PublishAsync"/>.</param>
    /// <returns>Whether the journal accepted the memory.</returns>
    public ValueTask<bool> OnDecisionPointAsync(string decision, string rationale, CancellationToken cancellationToken = default) =>
        PublishAsync(new() { Type = HookType.DecisionPoint, Subject = decision, Detail = rationale }, cancellationToken);
}
