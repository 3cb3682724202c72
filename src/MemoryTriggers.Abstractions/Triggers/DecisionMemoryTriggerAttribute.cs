using System.Diagnostics.CodeAnalysis;

namespace MemoryTriggers;

/// <summary>Remembers each execution of the method as a decision. Priority: high unless set.</summary>
public sealed class DecisionMemoryTriggerAttribute : MemoryTriggerAttribute
{
    /// <summary>By name: <c>[DecisionMemoryTrigger(DecisionType = ...)]</c>.</summary>
    public DecisionMemoryTriggerAttribute() : base(TriggerType.DecisionPoint)
    {
    }

    /// <summary>By position: <c>[DecisionMemoryTrigger(...)]</c>.</summary>
    /// <param name="decisionType">The type of decision, such as <c>architecture</c>.</param>
    [SetsRequiredMembers]
    public DecisionMemoryTriggerAttribute(string decisionType) : this() => DecisionType = decisionType;

    /// <summary>The type of decision, such as <c>architecture</c>.</summary>
    public required string DecisionType
    {
        get => Subject ?? "";
        set => Subject = value;
    }
}
