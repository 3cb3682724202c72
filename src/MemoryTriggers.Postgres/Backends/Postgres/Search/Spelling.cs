using MemoryTriggers.Recall;

namespace MemoryTriggers.Backends.Postgres.Search;

/// <summary>What a word that stands nowhere was meant to be.</summary>
internal static class Spelling
{
    private const int MinLetters = 4;
    private const int MaxLetters = 40;
    private const int ShortWord = 5;
    private const int MaxReadings = 3;

    /// <summary>Less than a word that stands there as it was asked for.</summary>
    private const double Weight = 0.5;

    /// <summary>Whether a term may be misspelled. A number is never another one.</summary>
    public static bool CanBeWrong(QuestionTerm term) =>
        !term.IsSubstring && term.Words is [{ Length: >= MinLetters and <= MaxLetters } word] && word.All(char.IsLetter);

    /// <summary>The nearest words of some texts, as terms; none when none is near.</summary>
    public static IEnumerable<QuestionTerm> Readings(QuestionTerm term, IEnumerable<string> texts)
    {
        var word = term.Words[0];
        var limit = word.Length <= ShortWord ? 1 : 2;
        return texts.SelectMany(TextTokenizer.Split)
            .Distinct(StringComparer.Ordinal)
            .Where(token => Math.Abs(token.Length - word.Length) <= limit && !token.Any(char.IsAsciiDigit))
            .Select(token => (Token: token, Distance: Distance(word, token)))
            .Where(reading => reading.Distance <= limit)
            .OrderBy(static reading => reading.Distance)
            .ThenBy(static reading => reading.Token, StringComparer.Ordinal)
            .Take(MaxReadings)
            .Select(static reading => new QuestionTerm([reading.Token], [PorterStemmer.Stem(reading.Token)], Weight, IsSubstring: false))
            .DistinctBy(static reading => reading.Display);
    }

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
