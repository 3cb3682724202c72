namespace MemoryTriggers.Architecture.Documents;

/// <summary>The parts of documents that other tests make from the source, line for line: long tables, with the words of the source.</summary>
internal static class MadeSections
{
    private static readonly (string Path, string Begin, string End)[] All =
    [
        // CommandPageTests: the commands.
        ("docs/cli.md", "<!-- What follows is made from the commands by a test. -->", ""),

        // DocumentTests of the configuration: the keys.
        ("docs/configuration.md", "<!-- keys: made from the types -->", "<!-- end of keys -->"),
    ];

    /// <summary>Empties the lines of a document that are made.</summary>
    public static string Remove(string path, string text)
    {
        foreach (var (_, begin, end) in All.Where(made => made.Path == path))
        {
            var from = text.IndexOf(begin, StringComparison.Ordinal) + begin.Length;
            var to = end.Length == 0 ? text.Length : text.IndexOf(end, from, StringComparison.Ordinal);
            text = text[..from] + new string('\n', text.AsSpan(from, to - from).Count('\n')) + text[to..];
        }

        return text;
    }
}
