namespace MemoryTriggers.Architecture.Words;

/// <summary>The C# files under <c>src</c>, and where the rules about their words and widths do not hold yet.</summary>
internal static class SourceFiles
{
    private const string Runtime = "src/MemoryTriggers.Runtime/";
    private const string CodeLines = "its comments are wrapped, its code is not yet";

    public static IReadOnlyList<(string Path, string Text)> All { get; } = [.. Read()];

    /// <summary>Files, by the beginning of their path, whose comments and texts are not rewritten yet, and why.</summary>
    public static IReadOnlyList<(string Path, string Reason)> Deferred { get; } = [];

    /// <summary>Files, by the beginning of their path, whose lines of code are not wrapped yet, and why.</summary>
    public static IReadOnlyList<(string Path, string Reason)> Wide { get; } =
    [
        (Runtime + "Configuration/Mapping/PackageStores.cs", CodeLines),
        (Runtime + "Configuration/Monitoring/RetryingBackend.cs", CodeLines),
        (Runtime + "Backends/StartedBackend.cs", CodeLines),
    ];

    private static readonly (string Path, string Line, string Reason)[] Lines =
    [
        ("src/MemoryTriggers.Cli/Completion/CompletionScripts.cs", "COMPREPLY=", "one command of a shell"),
    ];

    public static bool IsDeferred(string path) => Deferred.Any(exception => path.StartsWith(exception.Path, StringComparison.Ordinal));

    public static bool MayBeWide(string path) => Wide.Any(exception => path.StartsWith(exception.Path, StringComparison.Ordinal));

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
