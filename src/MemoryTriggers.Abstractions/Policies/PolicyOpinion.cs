namespace MemoryTriggers;

/// <summary>The opinion of an <see cref="IPolicy"/> about a memory.</summary>
/// <param name="Verdict">The verdict.</param>
/// <param name="Why">The reason, as a sentence without payload.</param>
public sealed record PolicyOpinion(PolicyVerdict Verdict, string Why)
{
    /// <summary>The memory as changed, with <see cref="PolicyVerdict.Modify"/>; <see langword="null"/> leaves it as it is.</summary>
    public MemoryEntry? Entry { get; init; }
}
