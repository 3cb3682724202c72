using MemoryTriggers.Cli.Conventions;
using MemoryTriggers.Yaml;

namespace MemoryTriggers.Cli.Policies;

/// <summary>
/// Takes members of a YAML mapping out of a text, and puts them in, by their lines: comments, order and formatting of all others stay. The
/// caller parses the result again before it is kept.
/// </summary>
internal static class YamlBlocks
{
    private const int Step = 2;

    /// <summary>The lines of a member, not indented, with the comment right above it.</summary>
    public static IReadOnlyList<string> Take(string text, string section, string name)
    {
        var lines = Lines(text);
        var (start, end, indent) = Find(text, lines, section, name);
        return [.. lines[start..end].Select(line => line.Length > indent ? line[indent..] : line.TrimStart())];
    }

    /// <summary>The text without a member.</summary>
    public static string Remove(string text, string section, string name)
    {
        var lines = Lines(text);
        var (start, end, _) = Find(text, lines, section, name);
        return Join(lines.Take(start).Concat(lines.Skip(end)));
    }

    /// <summary>The text with a member more, behind the others of its section.</summary>
    public static string Add(string text, string section, IReadOnlyList<string> block)
    {
        var lines = Lines(text).ToList();
        while (lines.Count > 0 && string.IsNullOrWhiteSpace(lines[^1])) lines.RemoveAt(lines.Count - 1);
        if (Entry(text, section) is not { } found)
        {
            lines.Add($"{section}:");
            lines.AddRange(Indented(block, Step));
            return Join(lines);
        }

        var (key, node) = found;
        if (node is not YamlMapping { Entries: [var (firstKey, _), ..] } mapping)
        {
            // 'rules:' with nothing behind it.
            lines.InsertRange(key.Line, Indented(block, Step));
            return Join(lines);
        }

        var last = mapping.Entries[^1].Key;
        RequireOwnLine(lines, last);
        lines.InsertRange(Math.Min(EndOf(lines, last), lines.Count), Indented(block, firstKey.Column - 1));
        return Join(lines);
    }

    private static (int Start, int End, int Indent) Find(string text, string[] lines, string section, string name)
    {
        var key = (Entry(text, section)?.Node as YamlMapping)?.Entries.FirstOrDefault(entry => entry.Key.Text == name).Key
            ?? throw new CommandException($"There is no '{name}' under '{section}'.");
        RequireOwnLine(lines, key);
        var start = key.Line - 1;
        while (start > 0 && lines[start - 1].AsSpan().TrimStart().StartsWith("#") && Indent(lines[start - 1]) == key.Column - 1) start--;
        return (start, EndOf(lines, key), key.Column - 1);
    }

    private static (YamlScalar Key, YamlNode Node)? Entry(string text, string section)
    {
        foreach (var (key, node) in (YamlTree.Read(text, []) as YamlMapping)?.Entries ?? [])
        {
            if (key.Text == section) return (key, node);
        }

        return null;
    }

    // What is indented further belongs to it; what is blank, or a comment, only when more of it follows.
    private static int EndOf(IReadOnlyList<string> lines, YamlScalar key)
    {
        var end = key.Line;
        for (var at = key.Line; at < lines.Count; at++)
        {
            if (string.IsNullOrWhiteSpace(lines[at])) continue;
            if (Indent(lines[at]) <= key.Column - 1) break;
            end = at + 1;
        }

        return end;
    }

    private static void RequireOwnLine(IReadOnlyList<string> lines, YamlScalar key)
    {
        if (!lines[key.Line - 1].AsSpan(0, key.Column - 1).IsWhiteSpace())
            throw new CommandException($"'{key.Text}' does not begin a line: change that file by hand.");
    }

    private static IEnumerable<string> Indented(IEnumerable<string> block, int indent) =>
        block.Select(line => line.Length == 0 ? line : new string(' ', indent) + line);

    private static int Indent(string line) => line.Length - line.TrimStart(' ').Length;

    private static string[] Lines(string text) => text.ReplaceLineEndings("\n").Split('\n');

    private static string Join(IEnumerable<string> lines) => string.Join('\n', lines).TrimEnd('\n') + "\n";
}
