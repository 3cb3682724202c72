using System.Text.RegularExpressions;
using MemoryTriggers.TestKit;

namespace MemoryTriggers.Architecture.Documents;

/// <summary>A Markdown file of the repository.</summary>
internal sealed partial class Document
{
    private static readonly string[] Outside = ["artifacts", "bin", "obj", ".git"];

    private Document(string path) =>
        (Path, Text) = (path, File.ReadAllText(System.IO.Path.Combine(RepositoryRoot.Path, path)).ReplaceLineEndings("\n"));

    public static IReadOnlyList<string> Paths { get; } =
    [
        .. Directory.EnumerateFiles(RepositoryRoot.Path, "*.md", SearchOption.AllDirectories)
            .Select(static file => System.IO.Path.GetRelativePath(RepositoryRoot.Path, file).Replace('\\', '/'))
            .Where(static path => !path.Split('/').Intersect(Outside).Any())
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The path from the root of the repository, with slashes.</summary>
    public string Path { get; }

    public string Text { get; }

    public IEnumerable<string> Lines => Text.Split('\n');

    /// <summary>The text without code, with the same line ends.</summary>
    public string Prose => InlineCode().Replace(Blocks().Replace(Text, Blank), Blank);

    public static Document Read(string path) => new(path);

    private static string Blank(Match code) => NotLineEnd().Replace(code.Value, " ");

    [GeneratedRegex("^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Blocks();

    [GeneratedRegex("`[^`]+`")]
    private static partial Regex InlineCode();

    [GeneratedRegex("[^\n]")]
    private static partial Regex NotLineEnd();
}
