using System.Globalization;
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

    /// <summary>The last position that the server tells from others, and how many it keeps of a word.</summary>
    private const int LastPosition = 16_383;

    private const int MaxPositions = 256;

    // So that the last word of one field and the first of the next are no phrase.
    private const int FieldGap = 8;

    public static string Of(MemoryEntry entry)
    {
        var words = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        var (bytes, position) = (0, 1);
        Add(entry.Content);
        Add(entry.Key);
        foreach (var tag in entry.Tags) Add(tag, gap: 0);
        return Write(words);

        void Add(string text, int gap = FieldGap)
        {
            foreach (var token in TextTokenizer.Split(text))
            {
                var word = Lexeme(PorterStemmer.Stem(token));
                if (!words.TryGetValue(word, out var positions))
                {
                    if (bytes > MaxBytes) continue;
                    words.Add(word, positions = []);
                    bytes += Encoding.UTF8.GetByteCount(word) + sizeof(int);
                }

                if (position <= LastPosition && positions.Count < MaxPositions && bytes <= MaxBytes)
                {
                    positions.Add(position);
                    bytes += sizeof(short);
                }

                position++;
            }

            position += gap;
        }
    }

    /// <summary>A term as the literal of a <c>tsquery</c>: its word, or its words in a row.</summary>
    public static string Query(QuestionTerm term) => string.Join(" <-> ", term.Stems.Select(static stem => $"'{Lexeme(stem)}'"));

    private static string Write(Dictionary<string, List<int>> words)
    {
        // Words are letters and digits by construction: nothing in them ends a quotation.
        var literal = new StringBuilder();
        foreach (var (word, positions) in words)
        {
            if (literal.Length > 0) literal.Append(' ');
            literal.Append('\'').Append(word).Append('\'');
            for (var i = 0; i < positions.Count; i++)
                literal.Append(i == 0 ? ':' : ',').Append(CultureInfo.InvariantCulture, $"{positions[i]}");
        }

        return literal.ToString();
    }

    private static string Lexeme(string word)
    {
        if (word.Length <= MaxLetters) return word;
        return word[..(char.IsHighSurrogate(word[MaxLetters - 1]) ? MaxLetters - 1 : MaxLetters)];
    }
}
