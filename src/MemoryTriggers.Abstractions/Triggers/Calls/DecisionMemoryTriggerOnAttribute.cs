namespace MemoryTriggers;

/// <summary>Remembers each call that this assembly makes to a method of another assembly as a decision.</summary>
/// <param name="type">The type that declares the method.</param>
/// <param name="method">The method's name.</param>
/// <param name="decisionType">The type of decision, such as <c>architecture</c>.</param>
public sealed class DecisionMemoryTriggerOnAttribute(Type type, string method, string decisionType)
    : MemoryTriggerOnAttribute(TriggerType.DecisionPoint, type, method, decisionType)
{
    /// <summary>The type of decision, such as <c>architecture</c>.</summary>
    public string DecisionType { get; } = decisionType;
}
