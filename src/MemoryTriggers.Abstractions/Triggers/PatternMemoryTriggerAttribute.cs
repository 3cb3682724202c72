using System.Diagnostics.CodeAnalysis;

namespace MemoryTriggers;

/// <summary>Remembers each execution of the method as a detected pattern. Priority: medium unless set.</summary>
public sealed class PatternMemoryTriggerAttribute : MemoryTriggerAttribute
{
    /// <summary>By name: <c>[PatternMemoryTrigger(PatternType = ...)]</c>.</summary>
    public PatternMemoryTriggerAttribute() : base(TriggerType.PatternDetection)
    {
    }

    /// <summary>By position: <c>[PatternMemoryTrigger(...)]</c>.</summary>
    /// <param name="patternType">The type of pattern, such as <c>retry_storm</c>.</param>
    [SetsRequiredMembers]
    public PatternMemoryTriggerAttribute(string patternType) : this() => PatternType = patternType;

    /// <summary>The type of pattern, such as <c>retry_storm</c>.</summary>
    public required string PatternType
    {
        get => Subject ?? "";
        set => Subject = value;
    }
}
