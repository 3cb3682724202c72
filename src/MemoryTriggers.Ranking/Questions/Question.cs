using System.Text;

namespace MemoryTriggers.Ranking;

/// <summary>The terms of a question. Nothing in a question is syntax; a pair of double quotes asks for words in a row.</summary>
internal static class Question
{
    /// <summary>More terms than this add cost and no meaning; the first ones count. Guesses are not among them.</summary>
    public const int MaxTerms = 32;

    private const int MaxLength = 16_384;
    private const int MaxGuesses = 32;
    private const double IdentifierWeight = 2;
    private const double WeakWeight = 0.4;
    private static readonly char[] Joiners = ['-', '_', '.', '/', ':', '#', '@'];
    private static readonly char[] Apostrophes = ['\'', '’'];

    public static IReadOnlyList<QuestionTerm> Read(string text, bool synonyms = true)
    {
        if (text.Length > MaxLength) text = text[..MaxLength];
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).SelectMany(ReadChunk).Take(4 * MaxTerms).ToList();
        var telling = words.Where(static term => !StopWords.Contains(term)).ToList();
        if (telling.Count == 0) telling = words;
        List<QuestionTerm> terms = [.. Quotation.Read(text).Concat(telling).DistinctBy(static term => term.Display).Take(MaxTerms)];
        var guesses = QuestionGuesses.Of(telling, synonyms).Where(guess => terms.TrueForAll(term => term.Display != guess.Display));
        return [.. terms, .. guesses.DistinctBy(static guess => guess.Display).Take(MaxGuesses)];
    }

    private static IEnumerable<QuestionTerm> ReadChunk(string chunk)
    {
        var tokens = TextTokenizer.Split(chunk);
        if (tokens.Count == 0) return [];
        if (tokens.Any(HasUnspaced)) return tokens.SelectMany(SplitByScript);
        if (tokens.Count == 1) return [Word(tokens[0], chunk, 0)];

        if (IsIdentifier(chunk)) return [Identifier(tokens)];
        if (chunk.IndexOfAny(Apostrophes) > 0 && tokens.Count == 2)
            return [StopWords.IsContraction(tokens[1]) ? Word(tokens[0], chunk, 0) : QuestionTerm.Of(tokens, 1)];
        return tokens.Select((token, i) => Word(token, chunk, i));
    }

    // "Went" where the question says "go"; "payment_timeout" where it says "PaymentTimeout".
    private static QuestionTerm Word(string token, string chunk, int index)
    {
        var parts = CompoundWords.PartsOf(chunk, index);
        var variants = WordForms.Of(token);
        var term = QuestionTerm.Of([token], StopWords.IsWeak(token) ? WeakWeight : 1);
        return term with { Variants = parts.Count == 0 ? variants : [.. variants, TermVariant.Of(parts, 1)] };
    }

    private static QuestionTerm Identifier(List<string> tokens) => QuestionTerm.Of(tokens, IdentifierWeight) with
    {
        Variants = tokens.TrueForAll(static token => token.All(char.IsLetter)) ? [TermVariant.Of([string.Concat(tokens)], 1)] : [],
    };

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
}
