namespace MemoryTriggers;

/// <summary>A memory that a search found.</summary>
/// <param name="Entry">The memory.</param>
/// <param name="Score">Its rank: higher is better. Comparable only within one answer.</param>
/// <param name="MatchedWords">The words of the question that it has, in their stemmed form as far as the backend knows them.</param>
public sealed record MemoryHit(MemoryEntry Entry, double Score, IReadOnlyList<string> MatchedWords);
