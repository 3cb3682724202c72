namespace MemoryTriggers.Architecture.Documents;

/// <summary>The lines of documents that may be longer than the others, and why.</summary>
internal static class LongLines
{
    public const int Limit = 140;

    public static IReadOnlyList<(string Path, string Start, string Reason)> Allowed { get; } =
    [
        ("docs/reference-defects.md", "| ", "A row of a table cannot be wrapped, and names its tests in full."),
        ("tests/MemoryTriggers.Runtime.Tests/Configuration/Reference/config-bounds.md", "| ", "Rows of a table that a test reads."),
        ("tests/MemoryTriggers.Runtime.Tests/Configuration/Reference/environments.md", "| ", "Rows of a table that a test reads."),
        ("tests/MemoryTriggers.Runtime.Tests/Configuration/Reference/environments.md", "- ", "A policy of the reference on each line, which a test reads."),
    ];

    /// <summary>The lines that are too long: file, line and length.</summary>
    public static IEnumerable<string> Find(string path, string text) =>
        MadeSections.Remove(path, text).Split('\n')
            .Select((line, index) => (Line: line, Number: index + 1))
            .Where(entry => entry.Line.Length > Limit && !Allowed.Any(allowed => Covers(allowed.Path, allowed.Start, path, entry.Line)))
            .Select(entry => $"{path}:{entry.Number}: {entry.Line.Length} columns");

    public static bool Covers(string allowedPath, string start, string path, string line) =>
        path == allowedPath && line.StartsWith(start, StringComparison.Ordinal);
}
