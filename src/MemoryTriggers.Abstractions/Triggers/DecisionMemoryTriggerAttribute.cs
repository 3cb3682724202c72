namespace MemoryTriggers;

/// <summary>Remembers each execution of the method as a decision. Priority: high unless set.</summary>
/// <param name="decisionType">The type of decision, such as <c>architecture</c>.</param>
public sealed class DecisionMemoryTriggerAttribute(string decisionType) : MemoryTriggerAttribute(TriggerType.DecisionPoint, decisionType)
{
    /// <summary>The type of decision, such as <c>architecture</c>.</summary>
    public string DecisionType { get; } = decisionType;
}
