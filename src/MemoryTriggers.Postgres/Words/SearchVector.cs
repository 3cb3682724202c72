using System.Text;
using MemoryTriggers.Ranking;

namespace MemoryTriggers.Postgres.Words;

/// <summary>
/// The words of a memory as the literal of a <c>tsvector</c>: split and stemmed here, as a question is, so that a question means the same
/// in every backend, whatever dictionaries the server has.
/// </summary>
internal static class SearchVector
{
    /// <summary>Longer words are found by their beginning; the server takes 2,046 bytes.</summary>
    private const int MaxLetters = 500;

    /// <summary>The server takes 1 MiB for a memory; of a longer text the beginning is found.</summary>
    private const int MaxBytes = 700_000;

    /// <summary>The last position that the server tells from others. A word beyond is found, and a phrase is not.</summary>
    private const int LastPosition = 16_383;

    // So that the last word of one field and the first of the next are no phrase.
    private const int FieldGap = 8;

    // A builder that has grown for a large memory is not kept.
    private const int MaxKept = 16_384;

    private const int MostLetters = 64;

    [ThreadStatic]
    private static StringBuilder? _builder;

    public static string Of(MemoryEntry entry)
    {
        // A word that comes again is written again: the server puts them together.
        var literal = (_builder ??= new StringBuilder()).Clear();
        var position = 1;
        var bytes = Add(literal, entry.Content, 0, ref position);
        position += FieldGap;
        bytes = Add(literal, entry.Key, bytes, ref position);
        position += FieldGap;
        for (var i = 0; i < entry.Tags.Count; i++) bytes = Add(literal, entry.Tags[i], bytes, ref position);
        foreach (var words in (IEnumerable<string>)[entry.Content, entry.Key, .. entry.Tags])
            bytes = AddParts(literal, words, bytes, ref position);

        var text = literal.ToString();
        if (literal.Capacity > MaxKept) _builder = null;
        return text;
    }

    /// <summary>A term as the literal of a <c>tsquery</c>: its word, or its words in a row, in any of its forms.</summary>
    public static string Query(QuestionTerm term) =>
        term.IsSubstring
            ? Anywhere(term.Words[0])
            : string.Join(" | ", term.Variants.Select(static variant => variant.Stems).Prepend(term.Stems).Select(Phrase));

    // Latin letters beside a script without spaces may be a word of their own in other memories.
    private static string Anywhere(string run) => Ascii.IsValid(run)
        ? $"'{Lexeme(KnownStems.Of(run))}' | ({UnspacedParts.Query(run)})"
        : UnspacedParts.Query(run);

    /// <summary>The next word of such a literal, in place.</summary>
    /// <param name="vector">The literal of a <c>tsvector</c>.</param>
    /// <param name="at">Where to look from; behind the word afterwards.</param>
    /// <param name="lexeme">Where it is.</param>
    /// <returns><see langword="false"/> at the end.</returns>
    public static bool Next(string vector, ref int at, out Range lexeme)
    {
        var start = vector.IndexOf('\'', at) + 1;
        lexeme = default;
        if (start == 0) return false;
        var end = vector.IndexOf('\'', start);
        (lexeme, at) = (start..end, end + 1);
        return true;
    }

    private static string Phrase(IReadOnlyList<string> stems) => stems.Count == 1
        ? $"'{Lexeme(stems[0])}'"
        : $"({string.Join(" <-> ", stems.Select(static stem => $"'{Lexeme(stem)}'"))})";

    private static int Add(StringBuilder literal, string text, int bytes, ref int position)
    {
        if (Ascii.IsValid(text)) return AddAscii(literal, text, bytes, ref position);

        var tokens = TextTokenizer.Split(text);
        for (var i = 0; i < tokens.Count && bytes <= MaxBytes; i++)
        {
            bytes = Add(literal, tokens[i].AsSpan(), bytes, ref position);
            if (UnspacedParts.IsIn(tokens[i])) bytes = AddUnspaced(literal, tokens[i], bytes);
        }

        return bytes;
    }

    // Without a position: they are no words, and are not part of phrases.
    private static int AddUnspaced(StringBuilder literal, string word, int bytes)
    {
        foreach (var part in UnspacedParts.Of(word))
        {
            if (bytes > MaxBytes) break;
            literal.Append('\'').Append(UnspacedParts.Mark).Append(part).Append("' ");
            bytes += Encoding.UTF8.GetByteCount(part) + sizeof(int);
        }

        return bytes;
    }

    // The same without a string for each word: most lines are plain, and most words known.
    private static int AddAscii(StringBuilder literal, ReadOnlySpan<char> text, int bytes, ref int position)
    {
        Span<char> letters = stackalloc char[MostLetters];
        for (var at = 0; bytes <= MaxBytes && TextTokenizer.NextAscii(text, ref at, out var token);)
        {
            var written = text[token];
            var word = written.Length <= MostLetters ? letters[..written.Length] : new char[written.Length];
            Ascii.ToLower(written, word, out _);
            bytes = Add(literal, word, bytes, ref position);
        }

        return bytes;
    }

    // The parts of "paymentTimeout" come after everything else, each name by itself.
    private static int AddParts(StringBuilder literal, string text, int bytes, ref int position)
    {
        position += FieldGap;
        foreach (var part in CompoundWords.PartStems(text))
        {
            if (bytes > MaxBytes) break;
            if (part == CompoundWords.End) position += FieldGap;
            else bytes = AddStem(literal, part, bytes, ref position);
        }

        return bytes;
    }

    private static int Add(StringBuilder literal, ReadOnlySpan<char> word, int bytes, ref int position) =>
        AddStem(literal, KnownStems.Of(word), bytes, ref position);

    private static int AddStem(StringBuilder literal, string known, int bytes, ref int position)
    {
        var stem = Lexeme(known);

        // Words are letters and digits by construction: nothing in them ends a quotation.
        literal.Append('\'').Append(stem).Append('\'');
        if (position <= LastPosition) literal.Append(':').Append(position);
        literal.Append(' ');
        position++;
        return bytes + Encoding.UTF8.GetByteCount(stem) + sizeof(int);
    }

    private static string Lexeme(string word)
    {
        if (word.Length <= MaxLetters) return word;
        return word[..(char.IsHighSurrogate(word[MaxLetters - 1]) ? MaxLetters - 1 : MaxLetters)];
    }
}
