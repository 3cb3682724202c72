namespace MemoryTriggers.Hooks;

/// <summary>An agent is done.</summary>
public sealed record AgentOperationCompleted : HookEvent
{
    /// <summary>The type of agent, such as <c>qa</c>. <value>None</value></summary>
    public string? AgentType { get; init; }

    /// <summary>Whether it did what it was meant to do. <value>true</value></summary>
    public bool Success { get; init; } = true;

    /// <summary>Its result. <value>None</value></summary>
    public object? Results { get; init; }

    /// <inheritdoc/>
    public override HookType Type => HookType.AgentOperationComplete;

    /// <inheritdoc/>
    public override TriggerOutcome Outcome => Success ? TriggerOutcome.Success : TriggerOutcome.Failure;

    internal override string? Subject => AgentType;

    internal override object? Detail => Results;

    internal override bool HasResult => true;
}
