namespace MemoryTriggers;

/// <summary>Remembers each execution of the method as a detected pattern. Priority: medium unless set.</summary>
/// <param name="patternType">The type of pattern, such as <c>retry_storm</c>.</param>
public sealed class PatternMemoryTriggerAttribute(string patternType) : MemoryTriggerAttribute(TriggerType.PatternDetection, patternType)
{
    /// <summary>The type of pattern, such as <c>retry_storm</c>.</summary>
    public string PatternType { get; } = patternType;
}
