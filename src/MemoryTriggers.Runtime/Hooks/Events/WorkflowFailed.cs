namespace MemoryTriggers.Hooks;

/// <summary>An error left a workflow.</summary>
public sealed record WorkflowFailed : ErrorHookEvent
{
    /// <summary>The type of workflow, such as <c>deploy</c>; becomes a tag. <value>None</value></summary>
    public string? WorkflowType { get; init; }

    /// <inheritdoc/>
    public override HookType Type => HookType.WorkflowError;

    internal override string? Kind => WorkflowType;
}
