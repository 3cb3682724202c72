namespace MemoryTriggers;

/// <summary>Remembers each execution of the method as the work of an agent. Priority: medium unless set.</summary>
/// <param name="agentType">The type of agent, such as <c>qa</c>.</param>
public sealed class AgentMemoryTriggerAttribute(string agentType) : MemoryTriggerAttribute(TriggerType.AgentOperation, agentType)
{
    /// <summary>The type of agent, such as <c>qa</c>.</summary>
    public string AgentType { get; } = agentType;
}
