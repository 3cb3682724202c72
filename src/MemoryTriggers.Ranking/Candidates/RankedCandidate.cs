namespace MemoryTriggers.Ranking;

/// <summary>A candidate with its rank, and the reasons for it.</summary>
internal sealed record RankedCandidate<T>(
    SearchCandidate<T> Candidate, double Score, IReadOnlyList<string> MatchedWords, MemoryExplanation Explanation)
{
    public T Handle => Candidate.Handle;

    public MemoryHit ToHit(MemoryEntry entry) => new(entry, Score, MatchedWords) { Explanation = Explanation };

    public CompactHit ToCompact(Guid id, string content) =>
        new(id, CompactHit.Shorten(content), Score, new DateTimeOffset(Candidate.CreatedAt, TimeSpan.Zero), Candidate.Outcome);
}
