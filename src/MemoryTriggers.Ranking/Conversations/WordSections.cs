using System.Collections.Frozen;

namespace MemoryTriggers.Ranking.Conversations;

/// <summary>
/// A resource of words: lines of words in sections, each after a line with its name in brackets. A line with <c>#</c> is a comment.
/// </summary>
internal sealed class WordSections
{
    private readonly Dictionary<string, List<string[]>> _sections = new(StringComparer.Ordinal);

    private WordSections(TextReader reader)
    {
        List<string[]>? lines = null;
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0 || line[0] == '#') continue;
            if (line is ['[', .. var name, ']']) lines = _sections[name] = [];
            else if (lines is null) throw new FormatException($"A line of words is before the first section: {line}");
            else lines.Add(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        }
    }

    public static WordSections Read(string resource)
    {
        using var stream = typeof(WordSections).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The assembly has no resource {resource}.");
        using var reader = new StreamReader(stream);
        return new WordSections(reader);
    }

    /// <summary>The lines of a section.</summary>
    public IReadOnlyList<string[]> Groups(string section) => _sections[section];

    /// <summary>All words of a section.</summary>
    public FrozenSet<string> Words(string section) =>
        _sections[section].SelectMany(static line => line).ToFrozenSet(StringComparer.Ordinal);
}
