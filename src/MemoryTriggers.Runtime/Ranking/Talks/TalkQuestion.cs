namespace MemoryTriggers.Ranking.Talks;

/// <summary>What a question about a talk asks for besides its words: whose turns answer it, and what kind of thing they say.</summary>
internal sealed class TalkQuestion
{
    private static readonly string[] FirstPerson = ["i", "me", "my", "mine", "myself", "we", "our", "us"];
    private static readonly string[] SecondPerson = ["you", "your"];
    private static readonly string[] BeforeMonth = ["in", "on", "of", "since", "last", "this", "by", "until", "during", "early", "late"];
    private readonly int? _month;
    private readonly int? _year;
    private readonly HashSet<string> _words;
    private readonly bool _aboutAsker;
    private readonly bool _aboutAnswerer;

    public TalkQuestion(string text)
    {
        var words = TextTokenizer.Split(text);
        _words = [.. words.Select(static word => KnownStems.Of(word))];
        _aboutAsker = words.Exists(static word => FirstPerson.Contains(word));
        _aboutAnswerer = words.Exists(static word => SecondPerson.Contains(word));
        AsksTime = words.Contains("when") || AsksWhich(words, "date", "day", "month", "year", "time", "weekday");
        for (var i = 0; i < words.Count; i++)
        {
            if (TimeWords.Month(words[i]) is > 0 and var month && (i == 0 || words[i] is not ("may" or "march") || BeforeMonth.Contains(words[i - 1]))) _month = month;
            if (words[i] is { Length: 4 } year && (year.StartsWith("19", StringComparison.Ordinal) || year.StartsWith("20", StringComparison.Ordinal)) && int.TryParse(year, out var number)) _year = number;
        }

        AsksNumber = Follows(words, "how", "many", "much", "old", "long", "often", "far", "tall", "fast", "big", "high", "thick");
    }

    private bool AsksTime { get; }

    private bool AsksNumber { get; }

    /// <summary>Whether a turn tells what kind of thing the question asks for: when, or how many; or is from the month that it names.</summary>
    public bool IsAnsweredBy(TalkTurn turn, long createdAt) => (AsksTime && turn.TellsTime) || (AsksNumber && turn.TellsNumber) || IsFrom(new DateTime(createdAt, DateTimeKind.Utc));

    /// <summary>Whether a turn is by somebody the question is about. The roles of an assistant's log are who asks and who answers.</summary>
    public bool IsAbout(TalkTurn turn) => turn.Speaker switch
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
