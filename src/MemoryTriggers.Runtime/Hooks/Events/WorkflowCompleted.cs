namespace MemoryTriggers.Hooks;

/// <summary>A workflow came to its end.</summary>
public sealed record WorkflowCompleted : HookEvent
{
    /// <summary>The type of workflow, such as <c>deploy</c>. <value>None</value></summary>
    public string? WorkflowType { get; init; }

    /// <summary>Whether it did what it was meant to do. <value>true</value></summary>
    public bool Success { get; init; } = true;

    /// <summary>Its result. <value>None</value></summary>
    public object? Results { get; init; }

    /// <inheritdoc/>
    public override HookType Type => HookType.WorkflowComplete;

    /// <inheritdoc/>
    public override TriggerOutcome Outcome => Success ? TriggerOutcome.Success : TriggerOutcome.Failure;

    internal override string? Subject => WorkflowType;

    internal override object? Detail => Results;

    internal override bool HasResult => true;
}
