using System.Text.RegularExpressions;

namespace MemoryTriggers.Documents.Commands;

/// <summary>A command line in a document: in a block without C#, YAML or other data, or between backticks in the text.</summary>
/// <param name="Line">The line of the document.</param>
/// <param name="Text">The command line.</param>
internal sealed partial record ShellLine(int Line, string Text)
{
    private const string Tool = "memory-triggers ";

    /// <summary>All code of a document that is not of another language.</summary>
    public static IEnumerable<ShellLine> Find(string text)
    {
        foreach (Match block in Blocks().Matches(text))
        {
            if (block.Groups["language"].Value is not ("" or "sh" or "bash" or "shell" or "console")) continue;
            var first = LineAt(text, block.Groups["code"].Index);
            var lines = block.Groups["code"].Value.Split('\n');
            for (var line = 0; line < lines.Length; line++) yield return new(first + line, lines[line].Trim());
        }

        var prose = Blocks().Replace(text, static block => new('\n', block.Value.AsSpan().Count('\n')));
        foreach (Match code in InlineCode().Matches(prose))
        {
            yield return new(LineAt(prose, code.Index), WhiteSpace().Replace(code.Groups[1].Value, " "));
        }
    }

    /// <summary>The arguments of a call of memory-triggers; <see langword="null"/> for every other command.</summary>
    public string? ToolArguments()
    {
        var command = Remark().Replace(Variables().Replace(Text, ""), "");
        if (!command.StartsWith(Tool, StringComparison.Ordinal)) return null;
        return command[Tool.Length..]
            .Replace("<fingerprint>", "0123456789abcdef", StringComparison.Ordinal)
            .Replace("<id>", "0199a1b2-0000-7000-8000-000000000000", StringComparison.Ordinal);
    }

    /// <summary>The files and folders of this repository that the command names.</summary>
    public IEnumerable<string> Paths() => Path().Matches(Text).Select(static path => path.Groups["path"].Value.TrimEnd('.', '/'));

    private static int LineAt(string text, int at) => text.AsSpan(0, at).Count('\n') + 1;

    [GeneratedRegex("^```(?<language>\\S*)\n(?<code>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Blocks();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex InlineCode();

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace();

    // NAME="value" before the command.
    [GeneratedRegex("^([A-Z_]+=(\"[^\"]*\"|\\S*) )+")]
    private static partial Regex Variables();

    [GeneratedRegex(@"\s+# .*$")]
    private static partial Regex Remark();

    [GeneratedRegex(@"(?<![\w./-])(\./)?(?<path>(benchmarks|docs|eng|samples|src|tests)/[\w./-]+)(?![\w*])")]
    private static partial Regex Path();
}
