using System.Collections.Frozen;

namespace MemoryTriggers.Ranking.Conversations;

/// <summary>
/// What words of everyday English mean in conversations. Read from a resource, and only when
/// <see cref="ConversationOptions.EverydayWords"/> asks for it. Immutable.
/// </summary>
internal sealed class EverydayWords
{
    private const string Resource = "MemoryTriggers.Ranking.Conversations.EverydayWords.txt";
    private static readonly Lazy<EverydayWords> Shared = new(static () => new EverydayWords(WordSections.Read(Resource)));
    private readonly ConversationSynonyms _synonyms;
    private readonly TimeWords _times;
    private readonly FrozenSet<string> _numbers;

    private EverydayWords(WordSections sections)
    {
        _synonyms = new ConversationSynonyms(sections.Groups("same"), sections.Groups("kinds"));
        _times = new TimeWords(sections.Words("times"), sections.Words("before units"), sections.Words("units"));
        _numbers = sections.Words("numbers");
    }

    /// <summary>Reads the resource once in a process.</summary>
    public static EverydayWords Load() => Shared.Value;

    /// <summary>Other words for a stem, each with its weight beside it; empty when there are none.</summary>
    public IReadOnlyList<TermVariant> SynonymsOf(string stem) => _synonyms.Of(stem);

    /// <summary>Whether a text tells a time: <c>yesterday</c>, <c>last week</c>, <c>in 2019</c>, <c>on the 5th</c>.</summary>
    public bool TellTime(string text) => _times.AreIn(text);

    /// <summary>Whether a text tells a number or an amount.</summary>
    public bool TellNumber(string text) => TextTokenizer.Split(text).Exists(word => char.IsAsciiDigit(word[0]) || _numbers.Contains(word));
}
