namespace MemoryTriggers;

/// <summary>The settings of the memories of chat clients and agents.</summary>
public sealed class ChatHookOptions
{
    /// <summary>The type of agent that the memories name. <value>The agent of the ambient context, else <c>chat</c></value></summary>
    public string? AgentType { get; set; }

    /// <summary>
    /// Whether the last message, the answer, and the arguments and results of tools are remembered. <value>false: sizes and durations
    /// only</value>
    /// </summary>
    public bool IncludeContent { get; set; }

    /// <summary>Whether tools that succeed are remembered as well. <value>false: failures only</value></summary>
    public bool IncludeToolSuccesses { get; set; }
}
