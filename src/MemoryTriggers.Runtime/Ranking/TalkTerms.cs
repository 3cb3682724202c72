using MemoryTriggers.Ranking.Talks;

namespace MemoryTriggers.Ranking;

/// <summary>The terms of a question, as they are looked for in what people said.</summary>
internal static class TalkTerms
{
    /// <summary>Whether most of some candidates are turns of a talk.</summary>
    public static bool Fit<T>(IReadOnlyCollection<SearchCandidate<T>> candidates) => 2 * candidates.Count(static candidate => candidate.Text.Turn is not null) > candidates.Count;

    public static IReadOnlyList<QuestionTerm> Of(IReadOnlyList<QuestionTerm> terms, bool synonyms) => synonyms ? [.. terms.Select(With)] : terms;

    private static QuestionTerm With(QuestionTerm term)
    {
        if (term.IsSubstring || term.IsGuess || term.Stems.Count > 1) return term;
        var variants = TalkSynonyms.Of(term.Stems[0]).Where(variant => term.Variants.All(known => known.Stems[0] != variant.Stems[0])).ToList();
        return variants.Count == 0 ? term : term with { Variants = [.. term.Variants, .. variants] };
    }
}
