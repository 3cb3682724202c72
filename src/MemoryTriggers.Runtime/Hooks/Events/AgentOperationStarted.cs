namespace MemoryTriggers.Hooks;

/// <summary>An agent begins. Callbacks are notified; it is not remembered.</summary>
public sealed record AgentOperationStarted : HookEvent
{
    /// <summary>The type of agent, such as <c>qa</c>. <value>None</value></summary>
    public string? AgentType { get; init; }

    /// <inheritdoc/>
    public override HookType Type => HookType.AgentOperationStart;

    internal override string? Subject => AgentType;
}
