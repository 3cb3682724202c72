namespace MemoryTriggers.Recall;

/// <summary>The words of one memory that a search looks at, stemmed, by field: content, key, tags.</summary>
internal sealed class SearchableText
{
    public const int FieldCount = 3;

    private readonly string[][] _words;
    private readonly string[][] _parts;

    public SearchableText(string content, string key, string tags)
    {
        _words = [Stems(content), Stems(key), Stems(tags)];
        _parts = [CompoundWords.PartStems(content), CompoundWords.PartStems(key), CompoundWords.PartStems(tags)];
    }

    public static SearchableText Of(MemoryEntry entry) => new(entry.Content, entry.Key, string.Join(" , ", entry.Tags));

    public int Length(int field) => _words[field].Length;

    public ReadOnlySpan<string> Words(int field) => _words[field];

    /// <summary>The parts of words such as <c>paymentTimeout</c>, with <see cref="CompoundWords.End"/> after each.</summary>
    public ReadOnlySpan<string> Parts(int field) => _parts[field];

    public IEnumerable<string> AllWords => _words.Concat(_parts).SelectMany(static words => words);

    private static string[] Stems(string text)
    {
        var words = TextTokenizer.Split(text);
        var stems = new string[words.Count];
        for (var i = 0; i < stems.Length; i++) stems[i] = KnownStems.Of(words[i]);
        return stems;
    }
}
