using MemoryTriggers.Ranking.Conversations;

namespace MemoryTriggers.Ranking;

/// <summary>The terms of a question in conversations.</summary>
internal static class ConversationTerms
{
    /// <summary>Whether most of some candidates are turns of a conversation.</summary>
    public static bool Fit<T>(IReadOnlyCollection<SearchCandidate<T>> candidates) =>
        2 * candidates.Count(static candidate => candidate.Text.Turn is not null) > candidates.Count;

    /// <summary>The terms with what everyday English has for them; the same list when the settings ask for no such words.</summary>
    public static IReadOnlyList<QuestionTerm> Of(IReadOnlyList<QuestionTerm> terms, MemoryRanking ranking) =>
        ranking.Synonyms && ranking.EverydayWords is { } words ? [.. terms.Select(term => With(term, words))] : terms;

    private static QuestionTerm With(QuestionTerm term, EverydayWords words)
    {
        if (term.IsSubstring || term.IsGuess || term.Stems.Count > 1) return term;
        var variants = words.SynonymsOf(term.Stems[0])
            .Where(variant => term.Variants.All(known => known.Stems[0] != variant.Stems[0]))
            .ToList();
        return variants.Count == 0 ? term : term with { Variants = [.. term.Variants, .. variants] };
    }
}
