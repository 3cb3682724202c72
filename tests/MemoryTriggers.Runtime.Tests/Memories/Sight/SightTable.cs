using MemoryTriggers.TestKit;

namespace MemoryTriggers.Runtime.Tests.Memories.Sight;

/// <summary>The table of doors in docs/who-sees-what.md.</summary>
internal static class SightTable
{
    public static IReadOnlyList<SightRow> Rows { get; } = Read();

    private static List<SightRow> Read()
    {
        var page = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "docs", "who-sees-what.md")).ReplaceLineEndings("\n");
        var start = page.IndexOf("\n## Doors\n", StringComparison.Ordinal);
        var end = page.IndexOf("\n## ", start + 1, StringComparison.Ordinal);
        return
        [
            .. page[start..end].Split('\n').Where(static line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(1)
                .Select(static line => line.Split('|', StringSplitOptions.TrimEntries))
                .Select(static cells => new SightRow(cells[1].Replace("`", "", StringComparison.Ordinal), cells[2], cells[3], cells[4])),
        ];
    }
}

/// <summary>One door, and what decides about project, user and session.</summary>
internal sealed record SightRow(string Door, string Project, string User, string Session)
{
    public override string ToString() => Door;
}
