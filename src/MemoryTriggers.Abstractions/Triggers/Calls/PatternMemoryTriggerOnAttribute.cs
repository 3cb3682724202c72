namespace MemoryTriggers;

/// <summary>Remembers each call that this assembly makes to a method of another assembly as a detected pattern.</summary>
/// <param name="type">The type that declares the method.</param>
/// <param name="method">The method's name.</param>
/// <param name="patternType">The type of pattern, such as <c>retry_storm</c>.</param>
public sealed class PatternMemoryTriggerOnAttribute(Type type, string method, string patternType)
    : MemoryTriggerOnAttribute(TriggerType.PatternDetection, type, method, patternType)
{
    /// <summary>The type of pattern, such as <c>retry_storm</c>.</summary>
    public string PatternType { get; } = patternType;
}
