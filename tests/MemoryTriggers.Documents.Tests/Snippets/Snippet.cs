using System.Text.RegularExpressions;

namespace MemoryTriggers.Documents.Snippets;

/// <summary>A piece of C# in a document.</summary>
/// <param name="Line">The line of the document on which its code begins.</param>
/// <param name="Code">The code.</param>
/// <param name="Skipped">Why it is not compiled; <see langword="null"/> when it is; empty when the reason is missing.</param>
internal sealed partial record Snippet(int Line, string Code, string? Skipped)
{
    private const string Fence = "```csharp";

    // On the line above the fence, where a reader of the page does not see it.
    private const string Skip = "<!-- snippet: skip";
    private const string End = "-->";

    public static IReadOnlyList<Snippet> Find(string text)
    {
        var lines = text.Split('\n');
        List<Snippet> found = [];
        for (var line = 0; line < lines.Length; line++)
        {
            if (!AnyFence().IsMatch(lines[line])) continue;
            if (lines[line] != Fence) throw new FormatException($"C# begins with {Fence} alone on line {line + 1}.");
            var end = Array.IndexOf(lines, "```", line);
            if (end < 0) throw new FormatException($"The code that begins on line {line + 1} does not end.");
            found.Add(new(line + 2, string.Join('\n', lines[(line + 1)..end]), ReasonIn(line > 0 ? lines[line - 1] : "")));
            line = end;
        }

        return found;
    }

    private static string? ReasonIn(string mark) => mark.StartsWith(Skip, StringComparison.Ordinal)
        ? mark[Skip.Length..].Replace(End, "", StringComparison.Ordinal).Trim(' ', ':')
        : null;

    // Other spellings would hide a snippet from the compiler.
    [GeneratedRegex(@"^\s*(```|~~~)\s*(csharp|cs|c#)(\W|$)", RegexOptions.IgnoreCase)]
    private static partial Regex AnyFence();
}
