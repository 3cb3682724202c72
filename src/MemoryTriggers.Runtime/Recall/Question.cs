using System.Text;

namespace MemoryTriggers.Recall;

/// <summary>The terms of a question. Nothing in a question is syntax.</summary>
internal static class Question
{
    /// <summary>More terms than this add cost and no meaning; the first ones count.</summary>
    public const int MaxTerms = 32;

    private const int MaxLength = 16_384;
    private const double IdentifierWeight = 2;
    private static readonly char[] Joiners = ['-', '_', '.', '/', ':', '#', '@'];
    private static readonly char[] Apostrophes = ['\'', '’'];

    public static IReadOnlyList<QuestionTerm> Read(string text)
    {
        if (text.Length > MaxLength) text = text[..MaxLength];
        var terms = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).SelectMany(ReadChunk).Take(4 * MaxTerms).ToList();
        var telling = terms.Where(term => term.Words.Count > 1 || !StopWords.Contains(term.Words[0])).ToList();
        return [.. (telling.Count > 0 ? telling : terms).DistinctBy(term => term.Display).Take(MaxTerms)];
    }

    private static IEnumerable<QuestionTerm> ReadChunk(string chunk)
    {
        var tokens = TextTokenizer.Split(chunk);
        if (tokens.Count == 0) return [];
        if (tokens.Any(HasUnspaced)) return tokens.SelectMany(SplitByScript);
        if (tokens.Count == 1) return [Term(tokens, 1)];

        if (IsIdentifier(chunk)) return [Term(tokens, IdentifierWeight)];
        return chunk.IndexOfAny(Apostrophes) > 0 && tokens.Count == 2
            ? [Term(tokens, 1)]
            : tokens.Select(token => Term([token], 1));
    }

    // "ISS-0124" and "feature/login_2" name one thing; "push/pull" are two words.
    private static bool IsIdentifier(string chunk)
    {
        var inner = chunk.AsSpan().Trim("?!.,;:()[]{}\"'*");
        return inner.IndexOfAny(Joiners) > 0 && (inner.ContainsAnyInRange('0', '9') || inner.Contains('_'))
            && !inner.ContainsAny("()[]{}\"*,;");
    }

    private static bool HasUnspaced(string token)
    {
        foreach (var rune in token.EnumerateRunes())
            if (TextTokenizer.IsUnspaced(rune)) return true;
        return false;
    }

    private static IEnumerable<QuestionTerm> SplitByScript(string token)
    {
        var terms = new List<QuestionTerm>();
        var run = new StringBuilder();
        var unspaced = false;
        foreach (var rune in token.EnumerateRunes())
        {
            if (TextTokenizer.IsUnspaced(rune) != unspaced && run.Length > 0) Flush();
            unspaced = TextTokenizer.IsUnspaced(rune);
            run.Append(rune.ToString());
        }

        Flush();
        return terms;

        void Flush()
        {
            var word = run.ToString();
            run.Clear();
            // Latin letters inside of such a run are one token with it, so they are looked for inside of words too.
            terms.Add(new QuestionTerm([word], [word], 1, IsSubstring: true));
        }
    }

    private static QuestionTerm Term(List<string> words, double weight) =>
        new(words, [.. words.Select(PorterStemmer.Stem)], weight, IsSubstring: false);
}
