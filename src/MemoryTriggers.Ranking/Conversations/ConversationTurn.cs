namespace MemoryTriggers.Ranking.Conversations;

/// <summary>A line of a memory with its speaker: <c>Ann: ...</c>, also beside a date, as in <c>[8 May 2025] Ann: ...</c>.</summary>
internal sealed class ConversationTurn
{
    private const int MaxName = 40;
    private const int MaxNameWords = 4;
    private const int MaxPrefix = 80;
    private const string Openings = "[(";
    private const string Endings = "])";
    private const string Separators = ",.:-–—|";
    private readonly string _text;
    private bool? _tellsTime;
    private bool? _tellsNumber;

    private ConversationTurn(string text, IReadOnlyList<string> speaker)
    {
        (_text, Speaker) = (text, speaker);
        IsQuestion = text.TrimEnd().EndsWith('?');
    }

    /// <summary>The name, stemmed as the words of a question are.</summary>
    public IReadOnlyList<string> Speaker { get; }

    /// <summary>Whether it ends with a question, so that the next turn answers it.</summary>
    public bool IsQuestion { get; }

    /// <summary>Whether it tells a time.</summary>
    public bool TellsTime(EverydayWords words) => _tellsTime ??= words.TellTime(_text);

    /// <summary>Whether it tells a number or an amount.</summary>
    public bool TellsNumber(EverydayWords words) => _tellsNumber ??= words.TellNumber(_text);

    /// <returns><see langword="null"/> when the line names no speaker.</returns>
    public static ConversationTurn? Read(string content)
    {
        var start = AfterBracket(content);
        var colon = content.AsSpan(start, Math.Min(MaxPrefix, content.Length - start)).IndexOf(": ");
        if (colon <= 0) return null;

        var name = WithoutDate(content.AsSpan(start, colon));
        if (name.Length > MaxName || name.ContainsAnyInRange('0', '9') || name.IndexOfAny(".,;:!?/\\\"") >= 0) return null;
        var words = TextTokenizer.Split(name.ToString());
        if (words.Count is 0 or > MaxNameWords) return null;
        return new ConversationTurn(content[(start + colon + 2)..], [.. words.Select(static word => KnownStems.Of(word))]);
    }

    private static int AfterBracket(string content)
    {
        if (content.Length == 0 || Openings.IndexOf(content[0]) is var kind && kind < 0) return 0;
        var end = content.AsSpan(0, Math.Min(MaxPrefix, content.Length)).IndexOf(Endings[kind]) + 1;
        while (end > 0 && end < content.Length && content[end] == ' ') end++;
        return end;
    }

    // "2025-05-08 13:56 Ann", "8 May 2025, Ann", "Ann (8 May 2025)".
    private static ReadOnlySpan<char> WithoutDate(ReadOnlySpan<char> name)
    {
        if (name[^1] is ')' or ']' && name.LastIndexOfAny('(', '[') is > 0 and var opening) name = name[..opening].TrimEnd();
        if (!name.ContainsAnyInRange('0', '9')) return name;
        while (name.Length > 0)
        {
            var space = name.IndexOf(' ');
            var token = space < 0 ? name : name[..space];
            if (!DateWords.Contain(token.Trim(Separators).ToString())) return name;
            name = name[token.Length..].TrimStart();
        }

        return name;
    }
}
