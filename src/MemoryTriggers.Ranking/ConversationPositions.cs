namespace MemoryTriggers.Ranking;

/// <summary>Numbers candidates, so that two follow each other where nothing that matches the query lies between them.</summary>
internal static class ConversationPositions
{
    /// <summary>Numbers all in the order of the store.</summary>
    /// <param name="candidates">All candidates.</param>
    /// <param name="looked">Those beside which everything is among the candidates.</param>
    public static IReadOnlyList<SearchCandidate<T>> InStore<T>(
        IReadOnlyCollection<SearchCandidate<T>> candidates, IReadOnlyCollection<SearchCandidate<T>> looked)
    {
        var ordered = candidates.OrderBy(static candidate => candidate.CreatedAt).ThenBy(static candidate => candidate.Handle);
        return Number([.. ordered], Handles(looked));
    }

    /// <summary>Numbers those with a key within their conversation; the others stay as they are.</summary>
    /// <param name="candidates">All candidates, numbered in the order of the store.</param>
    /// <param name="looked">
    /// Those whose neighbors in their conversation are all among the candidates; <see langword="null"/> when there are no others.
    /// </param>
    public static IReadOnlyList<SearchCandidate<T>> InConversations<T>(
        IReadOnlyCollection<SearchCandidate<T>> candidates, IReadOnlyCollection<SearchCandidate<T>>? looked)
    {
        var known = looked is null ? null : Handles(looked);
        return
        [
            .. candidates.GroupBy(static candidate => candidate.Conversation).SelectMany(conversation => conversation.Key is null
                ? (IEnumerable<SearchCandidate<T>>)conversation
                : Number([.. InOrder(conversation)], known)),
        ];
    }

    private static IEnumerable<SearchCandidate<T>> InOrder<T>(IEnumerable<SearchCandidate<T>> candidates) =>
        candidates.OrderBy(static candidate => candidate.CreatedAt).ThenBy(static candidate => candidate.Position);

    private static HashSet<T> Handles<T>(IReadOnlyCollection<SearchCandidate<T>> candidates) =>
        [.. candidates.Select(static candidate => candidate.Handle)];

    private static SearchCandidate<T>[] Number<T>(SearchCandidate<T>[] ordered, HashSet<T>? known)
    {
        var placed = new SearchCandidate<T>[ordered.Length];
        var place = 0L;
        for (var i = 0; i < ordered.Length; i++)
        {
            placed[i] = ordered[i] with { Position = place };
            place += known is null || IsGapKnown(ordered, known, i) ? 1 : 2;
        }

        return placed;
    }

    // Whether one of those stands near enough to this pair.
    private static bool IsGapKnown<T>(SearchCandidate<T>[] ordered, HashSet<T> known, int first)
    {
        var last = Math.Min(ordered.Length - 1, first + ConversationContext.Reach);
        for (var i = Math.Max(0, first + 1 - ConversationContext.Reach); i <= last; i++)
            if (known.Contains(ordered[i].Handle)) return true;
        return false;
    }
}
