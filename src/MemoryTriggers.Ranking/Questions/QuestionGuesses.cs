namespace MemoryTriggers.Ranking;

/// <summary>What a question may mean besides its words. A guess counts less than a word of the question.</summary>
internal static class QuestionGuesses
{
    private const double JoinedWeight = 1.5;
    private const double PartWeight = 0.3;
    private const double SynonymWeight = 0.4;
    private const int MinPart = 3;

    /// <param name="terms">The terms of the question, in its order, filler words taken out.</param>
    /// <param name="synonyms">Whether to think of words with the same meaning.</param>
    public static IEnumerable<QuestionTerm> Of(IReadOnlyList<QuestionTerm> terms, bool synonyms)
    {
        for (var i = 0; i < terms.Count; i++)
        {
            // "time zone" may be written "timezone".
            if (i > 0 && IsWord(terms[i - 1]) && IsWord(terms[i]))
                yield return Guess([terms[i - 1].Words[0] + terms[i].Words[0]], JoinedWeight);

            var compounds = terms[i].Variants.Where(static variant => variant.Words.Count > 1);
            foreach (var part in compounds.SelectMany(static variant => variant.Words))
                if (part.Length >= MinPart && !StopWords.Contains(part)) yield return Guess([part], PartWeight);

            if (!synonyms || terms[i].Words.Count > 1) continue;
            foreach (var synonym in Synonyms.Of(terms[i].Stems[0])) yield return Guess([synonym], SynonymWeight);
        }
    }

    private static QuestionTerm Guess(IReadOnlyList<string> words, double weight) => QuestionTerm.Of(words, weight) with { IsGuess = true };

    private static bool IsWord(QuestionTerm term) =>
        term is { IsSubstring: false, Words: [{ Length: <= 20 } word] } && word.All(char.IsAsciiLetterLower);
}
