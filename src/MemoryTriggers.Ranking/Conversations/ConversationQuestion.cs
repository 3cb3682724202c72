namespace MemoryTriggers.Ranking.Conversations;

/// <summary>What a question asks of a conversation besides its words: whose turns, and what kind of thing they tell.</summary>
internal sealed class ConversationQuestion
{
    private static readonly string[] FirstPerson = ["i", "me", "my", "mine", "myself", "we", "our", "us"];
    private static readonly string[] SecondPerson = ["you", "your"];
    private static readonly string[] BeforeMonth = ["in", "on", "of", "since", "last", "this", "by", "until", "during", "early", "late"];
    private readonly int? _month;
    private readonly int? _year;
    private readonly HashSet<string> _words;
    private readonly bool _aboutAsker;
    private readonly bool _aboutAnswerer;

    public ConversationQuestion(string text)
    {
        var words = TextTokenizer.Split(text);
        _words = [.. words.Select(static word => KnownStems.Of(word))];
        _aboutAsker = words.Exists(static word => FirstPerson.Contains(word));
        _aboutAnswerer = words.Exists(static word => SecondPerson.Contains(word));
        AsksTime = words.Contains("when") || AsksWhich(words, "date", "day", "month", "year", "time", "weekday");
        for (var i = 0; i < words.Count; i++)
        {
            var isMonth = i == 0 || words[i] is not ("may" or "march") || BeforeMonth.Contains(words[i - 1]);
            if (isMonth && DateWords.Month(words[i]) is > 0 and var month) _month = month;
            if (DateWords.Year(words[i]) is { } year) _year = year;
        }

        AsksNumber = Follows(words, "how", "many", "much", "old", "long", "often", "far", "tall", "fast", "big", "high", "thick");
    }

    private bool AsksTime { get; }

    private bool AsksNumber { get; }

    /// <summary>
    /// Whether a turn tells the kind of thing that the question asks for, a time or a number, or is from the month that it names.
    /// </summary>
    /// <param name="turn">The turn.</param>
    /// <param name="createdAt">When it was said, in UTC ticks.</param>
    /// <param name="words">What words mean; without them only the month counts.</param>
    public bool IsAnsweredBy(ConversationTurn turn, long createdAt, EverydayWords? words) =>
        IsFrom(new DateTime(createdAt, DateTimeKind.Utc))
        || (words is not null && ((AsksTime && turn.TellsTime(words)) || (AsksNumber && turn.TellsNumber(words))));

    /// <summary>
    /// Whether the question is about the speaker of a turn. In the log of an assistant the roles tell who asks and who answers.
    /// </summary>
    public bool IsAbout(ConversationTurn turn) => turn.Speaker switch
    {
        ["user"] or ["human"] => _aboutAsker && !_aboutAnswerer,
        ["assist"] or ["ai"] or ["bot"] => _aboutAnswerer,
        _ => turn.Speaker.Any(_words.Contains),
    };

    private bool IsFrom(DateTime said) => _month is { } month && said.Month == month && (_year is null || _year == said.Year);

    private static bool AsksWhich(List<string> words, params string[] units)
    {
        for (var i = 1; i < words.Count; i++)
            if (words[i - 1] is "what" or "which" && units.Contains(words[i])) return true;
        return false;
    }

    private static bool Follows(List<string> words, string first, params string[] second)
    {
        for (var i = 1; i < words.Count; i++)
            if (words[i - 1] == first && second.Contains(words[i])) return true;
        return false;
    }
}
