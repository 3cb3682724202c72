using System.Text;

namespace MemoryTriggers.Ranking;

/// <summary>What a word that stands nowhere was meant to be.</summary>
internal static class Spelling
{
    private const int MinLetters = 4;
    private const int MaxLetters = 40;
    private const int ShortWord = 5;
    private const int MaxReadings = 3;
    private const int RightLetters = 3;

    /// <summary>Less than a word that stands there as it was asked for.</summary>
    private const double Weight = 0.5;

    /// <summary>Whether a term may be misspelled. A number is never another one.</summary>
    public static bool CanBeWrong(QuestionTerm term) =>
        !term.IsSubstring && !term.IsGuess && term.Words is [{ Length: <= MaxLetters } word] && term.Stems[0].Length >= MinLetters
        && word.All(char.IsLetter);

    /// <summary>Whether a word, or the stem of one, may be what a misspelled one was meant to be, in a dictionary of words.</summary>
    public static bool CanBeMeant(ReadOnlySpan<char> word)
    {
        if (word.Length is < RightLetters or > MaxLetters + 2) return false;
        foreach (var letter in word)
            if (!char.IsLetter(letter) || TextTokenizer.IsUnspaced(new Rune(letter))) return false;
        return true;
    }

    /// <summary>The nearest of some words, as terms; none when none is near.</summary>
    /// <param name="term">A term that <see cref="CanBeWrong"/>.</param>
    /// <param name="words">Words, or their stems, in lower case.</param>
    public static IEnumerable<QuestionTerm> Readings(QuestionTerm term, IEnumerable<string> words)
    {
        var beginning = Beginning(term);
        return ReadingsFromAny(term, words.Where(token => token.StartsWith(beginning, StringComparison.Ordinal)));
    }

    /// <summary>The same, though the first letters be wrong.</summary>
    public static IEnumerable<QuestionTerm> ReadingsFromAny(QuestionTerm term, IEnumerable<string> words)
    {
        var (word, stem) = (term.Words[0], term.Stems[0]);
        var limit = stem.Length <= ShortWord ? 1 : 2;
        return words.Where(static token => !token.Any(char.IsAsciiDigit))
            .Distinct(StringComparer.Ordinal)
            .Select(token => (Token: token, Distance: Math.Min(Near(word, token, limit), Near(stem, token, limit))))
            .Where(reading => reading.Distance <= limit)
            .OrderBy(static reading => reading.Distance)
            .ThenBy(static reading => reading.Token, StringComparer.Ordinal)
            .Take(MaxReadings)
            .Select(static reading => new QuestionTerm([reading.Token], [KnownStems.Of(reading.Token)], Weight, IsSubstring: false)
            {
                IsGuess = true,
            })
            .DistinctBy(static reading => reading.Display);
    }

    /// <summary>
    /// What is right about a misspelled word: people rarely miss its first letters. An index that is looked through from there reads
    /// little.
    /// </summary>
    public static string Beginning(QuestionTerm term) => term.Stems[0][..RightLetters];

    /// <summary>The terms that may be misspelled: those that stand nowhere.</summary>
    public static IEnumerable<QuestionTerm> Suspects(IReadOnlyList<QuestionTerm> terms, IReadOnlyList<long> frequencies) =>
        terms.Where((term, i) => frequencies[i] == 0 && CanBeWrong(term));

    private static int Near(string word, string token, int limit) =>
        Math.Abs(token.Length - word.Length) <= limit ? Distance(word, token) : int.MaxValue;

    /// <summary>How many letters must be changed, added, taken away, or swapped with their neighbour.</summary>
    public static int Distance(string one, string other)
    {
        var rows = new int[one.Length + 1, other.Length + 1];
        for (var i = 0; i <= one.Length; i++) rows[i, 0] = i;
        for (var j = 0; j <= other.Length; j++) rows[0, j] = j;

        for (var i = 1; i <= one.Length; i++)
        {
            for (var j = 1; j <= other.Length; j++)
            {
                var change = rows[i - 1, j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1);
                rows[i, j] = Math.Min(change, Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1);
                if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
            }
        }

        return rows[one.Length, other.Length];
    }
}
