using System.Diagnostics.CodeAnalysis;

namespace MemoryTriggers;

/// <summary>Remembers each execution of the method as something learned. Priority: medium unless set.</summary>
public sealed class KnowledgeMemoryTriggerAttribute : MemoryTriggerAttribute
{
    /// <summary>By name: <c>[KnowledgeMemoryTrigger(KnowledgeType = ...)]</c>.</summary>
    public KnowledgeMemoryTriggerAttribute() : base(TriggerType.KnowledgeCapture)
    {
    }

    /// <summary>By position: <c>[KnowledgeMemoryTrigger(...)]</c>.</summary>
    /// <param name="knowledgeType">The type of knowledge, such as <c>best_practices</c>.</param>
    [SetsRequiredMembers]
    public KnowledgeMemoryTriggerAttribute(string knowledgeType) : this() => KnowledgeType = knowledgeType;

    /// <summary>The type of knowledge, such as <c>best_practices</c>.</summary>
    public required string KnowledgeType
    {
        get => Subject ?? "";
        set => Subject = value;
    }
}
