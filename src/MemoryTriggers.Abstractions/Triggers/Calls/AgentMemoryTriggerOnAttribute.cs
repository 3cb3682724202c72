namespace MemoryTriggers;

/// <summary>Remembers each call that this assembly makes to a method of another assembly as an operation of an agent.</summary>
/// <param name="type">The type that declares the method.</param>
/// <param name="method">The method's name.</param>
/// <param name="agentType">The type of agent, such as <c>qa</c>.</param>
public sealed class AgentMemoryTriggerOnAttribute(Type type, string method, string agentType)
    : MemoryTriggerOnAttribute(TriggerType.AgentOperation, type, method, agentType)
{
    /// <summary>The type of agent, such as <c>qa</c>.</summary>
    public string AgentType { get; } = agentType;
}
