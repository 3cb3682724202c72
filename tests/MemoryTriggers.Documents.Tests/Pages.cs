using MemoryTriggers.TestKit;

namespace MemoryTriggers.Documents;

/// <summary>The Markdown files of the repository, by their paths from its root, with slashes.</summary>
internal static class Pages
{
    private static readonly string[] Outside = ["artifacts", "bin", "obj", ".git"];

    public static TheoryData<string> All { get; } =
    [
        .. Directory.EnumerateFiles(RepositoryRoot.Path, "*.md", SearchOption.AllDirectories)
            .Select(static file => Path.GetRelativePath(RepositoryRoot.Path, file).Replace('\\', '/'))
            .Where(static path => !path.Split('/').Intersect(Outside).Any())
            .Order(StringComparer.Ordinal),
    ];

    public static string Read(string path) => File.ReadAllText(Path.Combine(RepositoryRoot.Path, path)).ReplaceLineEndings("\n");

    public static void AssertNone(IEnumerable<string> found)
    {
        List<string> all = [.. found];
        Assert.True(all.Count == 0, string.Join(Environment.NewLine, all));
    }
}
