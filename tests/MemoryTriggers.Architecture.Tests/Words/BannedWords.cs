namespace MemoryTriggers.Architecture.Words;

/// <summary>The words that documents and comments do not use, and the places where one is right all the same.</summary>
internal static class BannedWords
{
    public static IReadOnlyList<BannedWord> All { get; } =
    [
        new("whoever", "the one that; any caller"),
        new("nobody", "no one; name who, or use the passive"),
        new("somebody", "a caller, a user, a reader: name who"),
        new("anybody", "any caller, any user: name who"),
        new("anew", "again"),
        new("came of it", "result"),
        new("the books", "record accounting"),
        new("is told", "is notified; receives"),
        new("are told", "are notified; receive"),
        new("hear of", "are notified of; observe"),
        new("hears of", "is notified of; observes"),
        new("stand in", "are in"),
        new("stands in", "is in"),
        new("lie in", "are in"),
        new("lies in", "is in"),
        new("in the place of", "instead of"),
        new("talk", "conversation"),
        new("talks", "conversations"),
        new("how it does", "its status"),
        new("a look", "a check; a sample"),
        new("what it says", "reads"),
        new("what a program keeps itself", "application-defined memories"),
        new("does it once", "runs one pass"),
        new("as the others", "overload with ..."),
        new("left alone", "circuit open (of a store)"),
    ];

    /// <summary>The exceptions: a file, the phrase, a part of its line, and why it stays.</summary>
    public static IReadOnlyList<AllowedWord> Allowed { get; } = [];

    /// <summary>Finds the banned words in a text, other than the allowed ones.</summary>
    /// <param name="file">The path of the file, from the root of the repository, with slashes.</param>
    /// <param name="text">The text to search: prose alone, with its line ends.</param>
    /// <returns>A line for each finding: place, phrase, and what to write.</returns>
    public static IReadOnlyList<string> Find(string file, string text)
    {
        List<string> found = [];
        foreach (var word in All)
        {
            foreach (var at in word.In(text))
            {
                var (number, line) = LineAt(text, at);
                if (Allowed.Any(allowed => allowed.Covers(file, word.Phrase, line))) continue;
                found.Add($"{file}:{number}: \"{word.Phrase}\": write {word.Instead}: {line.Trim()}");
            }
        }

        return found;
    }

    private static (int Number, string Line) LineAt(string text, int at)
    {
        var start = at == 0 ? 0 : text.LastIndexOf('\n', at - 1) + 1;
        var end = text.IndexOf('\n', at);
        return (text.AsSpan(0, at).Count('\n') + 1, text[start..(end < 0 ? text.Length : end)]);
    }
}
