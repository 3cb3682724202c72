namespace MemoryTriggers.Hooks;

/// <summary>An error occurred. A callback for this type is notified of all errors.</summary>
public abstract record ErrorHookEvent : HookEvent
{
    private protected ErrorHookEvent()
    {
    }

    /// <summary>The exception, if any. <value>None</value></summary>
    public Exception? Exception { get; init; }

    /// <summary>The type of error, such as <c>database_error</c>. <value>The exception's type without its namespace</value></summary>
    public string? ErrorType { get; init; }

    /// <summary>The error message. <value>The exception's message</value></summary>
    public string? ErrorMessage { get; init; }

    /// <summary>The solution. If set, the error counts as resolved. <value>None</value></summary>
    public string? Solution { get; init; }

    /// <inheritdoc/>
    public override TriggerOutcome Outcome => Solution is { Length: > 0 }
        ? TriggerOutcome.Success
        : Exception is OperationCanceledException ? TriggerOutcome.Canceled : TriggerOutcome.Failure;

    internal override string? Subject => ErrorType ?? Exception?.GetType().Name;

    internal override object? Detail => Solution;
}
