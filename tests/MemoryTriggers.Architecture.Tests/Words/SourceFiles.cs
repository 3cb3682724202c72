namespace MemoryTriggers.Architecture.Words;

/// <summary>The C# files under <c>src</c>, and the lines that may be wide.</summary>
internal static class SourceFiles
{
    public static IReadOnlyList<(string Path, string Text)> All { get; } = [.. Read()];

    private static readonly (string Path, string Line, string Reason)[] Lines =
    [
        ("src/MemoryTriggers.Cli/Completion/CompletionScripts.cs", "COMPREPLY=", "one command of a shell"),
    ];

    public static bool IsAllowedWide(string path, string line) =>
        Lines.Any(allowed => path == allowed.Path && line.Contains(allowed.Line, StringComparison.Ordinal));

    private static IEnumerable<(string Path, string Text)> Read()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "MemoryTriggers.sln"))) root = root.Parent!;
        var source = Path.Combine(root.FullName, "src");
        return Directory.EnumerateFiles(source, "*.cs", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(file => (Path: Path.GetRelativePath(root.FullName, file).Replace('\\', '/'), File: file))
            .Where(static file => !file.Path.Contains("/obj/", StringComparison.Ordinal) && !file.Path.Contains("/bin/", StringComparison.Ordinal))
            .Select(static file => (file.Path, File.ReadAllText(file.File)));
    }
}
