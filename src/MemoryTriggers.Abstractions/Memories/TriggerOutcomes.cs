namespace MemoryTriggers;

/// <summary>What outcomes mean, for methods, scopes, hooks and everything that counts errors.</summary>
internal static class TriggerOutcomes
{
    /// <summary>Whether it is an error. A cancellation is none: the caller asked for it.</summary>
    public static bool IsError(this TriggerOutcome outcome) => outcome == TriggerOutcome.Failure;

    /// <summary>The outcome of what an exception has left. No caller asked for a cancellation that a timeout caused.</summary>
    public static TriggerOutcome Of(Exception exception) =>
        exception is OperationCanceledException { InnerException: not TimeoutException } ? TriggerOutcome.Canceled : TriggerOutcome.Failure;
}
