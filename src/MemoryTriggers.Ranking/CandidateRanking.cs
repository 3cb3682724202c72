namespace MemoryTriggers.Ranking;

/// <summary>
/// Ranks candidates that are all there is: what a word is worth follows from them, and so does what a wrong one was meant to be.
/// </summary>
internal static class CandidateRanking
{
    public static List<RankedCandidate<T>> RankAll<T>(
        MemoryRanking ranking, ParsedQuery parsed, IReadOnlyCollection<SearchCandidate<T>> found, MemoryQuery page)
    {
        var isConversation = ConversationTerms.Fit(found);
        var terms = isConversation ? ConversationTerms.Of(parsed.Terms, ranking) : parsed.Terms;
        var conversation = isConversation ? parsed.Conversation : null;

        var candidates = isConversation ? ConversationPositions.InConversations(InOrderOfTime(found), looked: null) : found;
        var ranker = new MemoryRanker(ranking, terms, conversation);
        var frequencies = ranker.Frequencies(candidates);
        if (ranking.Typos && Readings(terms, frequencies, candidates) is { Count: > 0 } readings)
        {
            ranker = new MemoryRanker(ranking, [.. terms, .. readings], conversation);
            frequencies = ranker.Frequencies(candidates);
        }

        return ranker.Rank(frequencies, candidates.Count, candidates, page);
    }

    private static SearchCandidate<T>[] InOrderOfTime<T>(IEnumerable<SearchCandidate<T>> candidates) =>
    [
        .. candidates.OrderBy(static candidate => candidate.CreatedAt)
            .Select(static (candidate, position) => candidate with { Position = position }),
    ];

    /// <summary>The likely meanings of words that are in no candidate.</summary>
    public static List<QuestionTerm> Readings<T>(
        IReadOnlyList<QuestionTerm> terms, IReadOnlyList<long> frequencies, IReadOnlyCollection<SearchCandidate<T>> candidates)
    {
        List<QuestionTerm> suspects = [.. Spelling.Suspects(terms, frequencies)];
        if (suspects.Count == 0) return [];

        var words = candidates.SelectMany(static candidate => candidate.Text.AllWords).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. suspects.SelectMany(suspect => Spelling.Readings(suspect, words))
                .Where(reading => terms.All(term => term.Display != reading.Display))
                .DistinctBy(static reading => reading.Display),
        ];
    }
}
