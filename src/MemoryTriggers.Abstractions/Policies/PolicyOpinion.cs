namespace MemoryTriggers;

/// <summary>What an <see cref="IPolicy"/> says of a memory.</summary>
/// <param name="Verdict">What is to become of it.</param>
/// <param name="Why">The reason, as a sentence without payload.</param>
public sealed record PolicyOpinion(PolicyVerdict Verdict, string Why)
{
    /// <summary>The memory as changed, with <see cref="PolicyVerdict.Modify"/>; <see langword="null"/> leaves it as it is.</summary>
    public MemoryEntry? Entry { get; init; }
}
