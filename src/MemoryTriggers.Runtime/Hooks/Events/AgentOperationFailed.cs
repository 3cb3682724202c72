namespace MemoryTriggers.Hooks;

/// <summary>An agent failed.</summary>
public sealed record AgentOperationFailed : ErrorHookEvent
{
    /// <summary>The type of agent, such as <c>qa</c>; becomes a tag. <value>None</value></summary>
    public string? AgentType { get; init; }

    /// <inheritdoc/>
    public override HookType Type => HookType.AgentOperationError;

    internal override string? Kind => AgentType;
}
