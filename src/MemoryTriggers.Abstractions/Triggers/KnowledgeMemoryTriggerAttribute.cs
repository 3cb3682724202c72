namespace MemoryTriggers;

/// <summary>Remembers each execution of the method as something learned. Priority: medium unless set.</summary>
/// <param name="knowledgeType">The type of knowledge, such as <c>best_practices</c>.</param>
public sealed class KnowledgeMemoryTriggerAttribute(string knowledgeType)
    : MemoryTriggerAttribute(TriggerType.KnowledgeCapture, knowledgeType)
{
    /// <summary>The type of knowledge, such as <c>best_practices</c>.</summary>
    public string KnowledgeType { get; } = knowledgeType;
}
