using System.Diagnostics.CodeAnalysis;

namespace MemoryTriggers;

/// <summary>Remembers each execution of the method as the work of an agent. Priority: medium unless set.</summary>
public sealed class AgentMemoryTriggerAttribute : MemoryTriggerAttribute
{
    /// <summary>By name: <c>[AgentMemoryTrigger(AgentType = ...)]</c>.</summary>
    public AgentMemoryTriggerAttribute() : base(TriggerType.AgentOperation)
    {
    }

    /// <summary>By position: <c>[AgentMemoryTrigger(...)]</c>.</summary>
    /// <param name="agentType">The type of agent, such as <c>qa</c>.</param>
    [SetsRequiredMembers]
    public AgentMemoryTriggerAttribute(string agentType) : this() => AgentType = agentType;

    /// <summary>The type of agent, such as <c>qa</c>.</summary>
    public required string AgentType
    {
        get => Subject ?? "";
        set => Subject = value;
    }
}
