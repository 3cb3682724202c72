namespace MemoryTriggers.Hooks;

/// <summary>A decision was made.</summary>
public sealed record DecisionMade : HookEvent
{
    /// <summary>What was decided.</summary>
    public required string Decision { get; init; }

    /// <summary>The reason. <value>None</value></summary>
    public string? Rationale { get; init; }

    /// <inheritdoc/>
    public override HookType Type => HookType.DecisionPoint;

    internal override string? Subject => Decision;

    internal override object? Detail => Rationale;
}
