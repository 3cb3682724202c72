namespace MemoryTriggers.Hooks;

/// <summary>Something was learned.</summary>
public sealed record KnowledgeCaptured : HookEvent
{
    /// <summary>The type of knowledge, such as <c>best_practices</c>. <value>None: general</value></summary>
    public string? KnowledgeType { get; init; }

    /// <summary>What was learned.</summary>
    public required string Content { get; init; }

    /// <inheritdoc/>
    public override HookType Type => HookType.KnowledgeCapture;

    internal override string? Subject => KnowledgeType;

    internal override object? Detail => Content;
}
