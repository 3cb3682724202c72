namespace MemoryTriggers.Recall;

/// <summary>A candidate with its rank: first by how many terms it has (by weight), then by BM25, then by time.</summary>
internal sealed record RankedCandidate<T>(T Handle, double Score, IReadOnlyList<string> MatchedWords);
