namespace MemoryTriggers;

/// <summary>Remembers each call that this assembly makes to a method of another assembly as something learned.</summary>
/// <param name="type">The type that declares the method.</param>
/// <param name="method">The method's name.</param>
/// <param name="knowledgeType">The type of knowledge, such as <c>best_practices</c>.</param>
public sealed class KnowledgeMemoryTriggerOnAttribute(Type type, string method, string knowledgeType)
    : MemoryTriggerOnAttribute(TriggerType.KnowledgeCapture, type, method, knowledgeType)
{
    /// <summary>The type of knowledge, such as <c>best_practices</c>.</summary>
    public string KnowledgeType { get; } = knowledgeType;
}
