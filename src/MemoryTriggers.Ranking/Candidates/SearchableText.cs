using MemoryTriggers.Ranking.Conversations;

namespace MemoryTriggers.Ranking;

/// <summary>The words of one memory that a search looks at, stemmed, by field: content, key, tags.</summary>
internal sealed class SearchableText
{
    public const int FieldCount = 3;

    private static readonly string Knowledge = TriggerType.KnowledgeCapture.Name();

    private readonly string[][] _words;
    private readonly string[][] _parts;

    /// <param name="content">The line.</param>
    /// <param name="key">The key.</param>
    /// <param name="tags">The tags, with a separator between them.</param>
    /// <param name="trigger">The name of the trigger that made it. An operation is never the line of a speaker; knowledge, as from a
    /// collector, may be.</param>
    public SearchableText(string content, string key, string tags, string? trigger)
    {
        tags = KeyTags.Without(tags, key);
        Turn = trigger is null || trigger == Knowledge ? ConversationTurn.Read(content) : null;
        _words = [Stems(content), Stems(key), Stems(tags)];
        _parts = [CompoundWords.PartStems(content), CompoundWords.PartStems(key), CompoundWords.PartStems(tags)];
    }

    public static SearchableText Of(MemoryEntry entry) =>
        new(entry.Content, entry.Key, string.Join(" , ", entry.Tags), entry.TriggerType?.Name());

    /// <summary>Who said it; <see langword="null"/> when it is not a line of a conversation.</summary>
    public ConversationTurn? Turn { get; }

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
