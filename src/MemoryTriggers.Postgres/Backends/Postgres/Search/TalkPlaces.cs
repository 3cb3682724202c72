using MemoryTriggers.Recall;
using MemoryTriggers.Recall.Talks;

namespace MemoryTriggers.Backends.Postgres.Search;

/// <summary>Numbers candidates in the order of the store, so that two follow each other where nothing that matches the query lies between them.</summary>
internal static class TalkPlaces
{
    /// <param name="candidates">All candidates.</param>
    /// <param name="looked">Those beside which everything is among the candidates.</param>
    public static IReadOnlyCollection<SearchCandidate<Guid>> Of(IReadOnlyCollection<SearchCandidate<Guid>> candidates, IReadOnlyCollection<SearchCandidate<Guid>> looked)
    {
        var known = looked.Select(static candidate => candidate.Handle).ToHashSet();
        SearchCandidate<Guid>[] ordered = [.. candidates.OrderBy(static candidate => candidate.CreatedAt).ThenBy(static candidate => candidate.Handle)];
        var placed = new SearchCandidate<Guid>[ordered.Length];
        var place = 0L;
        for (var i = 0; i < ordered.Length; i++)
        {
            placed[i] = ordered[i] with { Position = place };
            place += IsGapKnown(i) ? 1 : 2;
        }

        return placed;

        // Whether one of those stands near enough to this pair.
        bool IsGapKnown(int first)
        {
            for (var i = Math.Max(0, first + 1 - TalkContext.Reach); i <= Math.Min(ordered.Length - 1, first + TalkContext.Reach); i++)
                if (known.Contains(ordered[i].Handle)) return true;
            return false;
        }
    }
}
