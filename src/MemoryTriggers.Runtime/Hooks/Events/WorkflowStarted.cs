namespace MemoryTriggers.Hooks;

/// <summary>A workflow begins. Callbacks are notified; it is not remembered.</summary>
public sealed record WorkflowStarted : HookEvent
{
    /// <summary>The type of workflow, such as <c>deploy</c>. <value>None</value></summary>
    public string? WorkflowType { get; init; }

    /// <inheritdoc/>
    public override HookType Type => HookType.WorkflowStart;

    internal override string? Subject => WorkflowType;
}
