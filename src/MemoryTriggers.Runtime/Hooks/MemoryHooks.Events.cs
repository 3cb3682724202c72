using MemoryTriggers.Hooks;

namespace MemoryTriggers;

// Each answers whether it was handed to the journal, once the callbacks for it are done or out of time. A cancelled token ends that wait;
// one that is cancelled from the start means that nothing is reported.
public sealed partial class MemoryHooks
{
    /// <summary>A workflow begins; only callbacks are notified.</summary>
    /// <returns>Whether it was taken into memory.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled before.</exception>
    public ValueTask<bool> OnWorkflowStartedAsync(WorkflowStarted hook, CancellationToken cancellationToken = default) =>
        RaiseAsync(hook, cancellationToken);

    /// <summary>A workflow came to its end.</summary>
    /// <returns>Whether it was taken into memory.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled before.</exception>
    public ValueTask<bool> OnWorkflowCompletedAsync(WorkflowCompleted hook, CancellationToken cancellationToken = default) =>
        RaiseAsync(hook, cancellationToken);

    /// <summary>An error left a workflow.</summary>
    /// <returns>Whether it was taken into memory.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled before.</exception>
    public ValueTask<bool> OnWorkflowErrorAsync(WorkflowFailed hook, CancellationToken cancellationToken = default) =>
        RaiseAsync(hook, cancellationToken);

    /// <summary>An agent begins; only callbacks are notified.</summary>
    /// <returns>Whether it was taken into memory.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled before.</exception>
    public ValueTask<bool> OnAgentOperationStartedAsync(AgentOperationStarted hook, CancellationToken cancellationToken = default) =>
        RaiseAsync(hook, cancellationToken);

    /// <summary>An agent is done.</summary>
    /// <returns>Whether it was taken into memory.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled before.</exception>
    public ValueTask<bool> OnAgentOperationCompletedAsync(AgentOperationCompleted hook, CancellationToken cancellationToken = default) =>
        RaiseAsync(hook, cancellationToken);

    /// <summary>An agent failed.</summary>
    /// <returns>Whether it was taken into memory.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled before.</exception>
    public ValueTask<bool> OnAgentOperationErrorAsync(AgentOperationFailed hook, CancellationToken cancellationToken = default) =>
        RaiseAsync(hook, cancellationToken);

    /// <summary>An issue was opened; only callbacks are notified.</summary>
    /// <returns>Whether it was taken into memory.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled before.</exception>
    public ValueTask<bool> OnIssueCreatedAsync(IssueCreated hook, CancellationToken cancellationToken = default) =>
        RaiseAsync(hook, cancellationToken);

    /// <summary>An issue was resolved.</summary>
    /// <returns>Whether it was taken into memory.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled before.</exception>
    public ValueTask<bool> OnIssueResolvedAsync(IssueResolved hook, CancellationToken cancellationToken = default) =>
        RaiseAsync(hook, cancellationToken);

    /// <summary>Resolving an issue failed.</summary>
    /// <returns>Whether it was taken into memory.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled before.</exception>
    public ValueTask<bool> OnIssueErrorAsync(IssueFailed hook, CancellationToken cancellationToken = default) =>
        RaiseAsync(hook, cancellationToken);

    /// <summary>A project reached a milestone.</summary>
    /// <returns>Whether it was taken into memory.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled before.</exception>
    public ValueTask<bool> OnProjectMilestoneAsync(MilestoneReached hook, CancellationToken cancellationToken = default) =>
        RaiseAsync(hook, cancellationToken);

    /// <summary>An error occurred, or was resolved.</summary>
    /// <returns>Whether it was taken into memory.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled before.</exception>
    public ValueTask<bool> OnErrorAsync(ErrorOccurred hook, CancellationToken cancellationToken = default) =>
        RaiseAsync(hook, cancellationToken);

    /// <summary>Something was learned.</summary>
    /// <returns>Whether it was taken into memory.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled before.</exception>
    public ValueTask<bool> OnKnowledgeCapturedAsync(KnowledgeCaptured hook, CancellationToken cancellationToken = default) =>
        RaiseAsync(hook, cancellationToken);

    /// <summary>A pattern was seen.</summary>
    /// <returns>Whether it was taken into memory.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled before.</exception>
    public ValueTask<bool> OnPatternDetectedAsync(PatternDetected hook, CancellationToken cancellationToken = default) =>
        RaiseAsync(hook, cancellationToken);

    /// <summary>A decision was made.</summary>
    /// <returns>Whether it was taken into memory.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled before.</exception>
    public ValueTask<bool> OnDecisionPointAsync(DecisionMade hook, CancellationToken cancellationToken = default) =>
        RaiseAsync(hook, cancellationToken);
}
