namespace MemoryTriggers.Recall;

/// <summary>The words of one memory that a search looks at, stemmed, by field: content, key, tags.</summary>
internal sealed class SearchableText
{
    private readonly string[][] _fields;

    public SearchableText(string content, string key, string tags) => _fields = [Stems(content), Stems(key), Stems(tags)];

    public static SearchableText Of(MemoryEntry entry) => new(entry.Content, entry.Key, string.Join(" , ", entry.Tags));

    public int FieldCount => _fields.Length;

    public int Length(int field) => _fields[field].Length;

    public bool Has(QuestionTerm term)
    {
        for (var field = 0; field < _fields.Length; field++)
            if (Occurrences(term, field) > 0) return true;
        return false;
    }

    /// <summary>How often a term stands in a field.</summary>
    public int Occurrences(QuestionTerm term, int field)
    {
        var words = _fields[field];
        var count = 0;
        for (var i = 0; i + term.Stems.Count <= words.Length; i++)
            if (term.IsSubstring ? words[i].Contains(term.Words[0], StringComparison.Ordinal) : StandsAt(words, i, term.Stems)) count++;
        return count;
    }

    private static bool StandsAt(string[] words, int index, IReadOnlyList<string> stems)
    {
        for (var i = 0; i < stems.Count; i++)
            if (!string.Equals(words[index + i], stems[i], StringComparison.Ordinal)) return false;
        return true;
    }

    private static string[] Stems(string text) => [.. TextTokenizer.Split(text).Select(PorterStemmer.Stem)];
}
