using System.Text;
using MemoryTriggers.Recall;

namespace MemoryTriggers.Backends.Postgres.Search;

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

    public static string Of(MemoryEntry entry)
    {
        // A word that comes again is written again: the server puts them together.
        var literal = new StringBuilder(2 * entry.Content.Length + 64);
        var position = 1;
        var bytes = Add(literal, entry.Content, 0, ref position);
        position += FieldGap;
        bytes = Add(literal, entry.Key, bytes, ref position);
        position += FieldGap;
        for (var i = 0; i < entry.Tags.Count; i++) bytes = Add(literal, entry.Tags[i], bytes, ref position);
        foreach (var text in (IEnumerable<string>)[entry.Content, entry.Key, .. entry.Tags]) bytes = AddParts(literal, text, bytes, ref position);
        return literal.ToString();
    }

    /// <summary>A term as the literal of a <c>tsquery</c>: its word, or its words in a row, in any of its forms.</summary>
    public static string Query(QuestionTerm term) =>
        string.Join(" | ", term.Variants.Select(static variant => variant.Stems).Prepend(term.Stems).Select(Phrase));

    private static string Phrase(IReadOnlyList<string> stems) => stems.Count == 1
        ? $"'{Lexeme(stems[0])}'"
        : $"({string.Join(" <-> ", stems.Select(static stem => $"'{Lexeme(stem)}'"))})";

    private static int Add(StringBuilder literal, string text, int bytes, ref int position)
    {
        var tokens = TextTokenizer.Split(text);
        for (var i = 0; i < tokens.Count && bytes <= MaxBytes; i++) bytes += AddWord(literal, KnownStems.Of(tokens[i]), ref position);
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
            else bytes += AddWord(literal, part, ref position);
        }

        return bytes;
    }

    private static int AddWord(StringBuilder literal, string stem, ref int position)
    {
        // Words are letters and digits by construction: nothing in them ends a quotation.
        var word = Lexeme(stem);
        literal.Append('\'').Append(word).Append('\'');
        if (position <= LastPosition) literal.Append(':').Append(position);
        literal.Append(' ');
        position++;
        return Encoding.UTF8.GetByteCount(word) + sizeof(int);
    }

    private static string Lexeme(string word)
    {
        if (word.Length <= MaxLetters) return word;
        return word[..(char.IsHighSurrogate(word[MaxLetters - 1]) ? MaxLetters - 1 : MaxLetters)];
    }
}
