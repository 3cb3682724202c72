namespace MemoryTriggers.Hooks;

/// <summary>A pattern was seen.</summary>
public sealed record PatternDetected : HookEvent
{
    /// <summary>The type of pattern, such as <c>retry_storm</c>. <value>None</value></summary>
    public string? PatternType { get; init; }

    /// <summary>What was seen.</summary>
    public required string Description { get; init; }

    /// <inheritdoc/>
    public override HookType Type => HookType.PatternDetection;

    internal override string? Subject => PatternType;

    internal override object? Detail => Description;
}
