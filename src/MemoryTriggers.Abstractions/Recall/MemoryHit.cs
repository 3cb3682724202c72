namespace MemoryTriggers;

/// <summary>A memory that a search found.</summary>
/// <param name="Entry">The memory.</param>
/// <param name="Score">Its rank: higher is better. Comparable only within one answer.</param>
/// <param name="MatchedWords">The words of the question that it has, in their stemmed form as far as the backend knows them.</param>
public sealed record MemoryHit(MemoryEntry Entry, double Score, IReadOnlyList<string> MatchedWords)
{
    /// <summary>
    /// Why it was found, and why it ranks where it does. <value><see cref="MemoryExplanation.None"/>: the store does not say</value>
    /// </summary>
    public MemoryExplanation Explanation { get; init; } = MemoryExplanation.None;
}
