using Spectre.Console;
using Spectre.Console.Rendering;
using MemoryTriggers.Cli.Output;

namespace MemoryTriggers.Cli.Memories;

/// <summary>Memories for people: a table where there is room for one, else two lines each.</summary>
internal static class EntryTable
{
    private const int RoomForTable = 100;

    public static IRenderable Of(IReadOnlyList<MemoryEntry> entries, int width)
    {
        if (entries.Count == 0) return new Text("No memories.\n");
        if (width < RoomForTable) return new Rows(entries.Select(static entry => Lines(entry)));

        var table = Tables.Of("at (UTC)", "outcome", "project", "id", "memory");
        foreach (var entry in entries)
            table.AddRow(Cells.Time(entry.CreatedAt), Cells.Outcome(entry.Outcome), Cells.Text(entry.Project),
                Cells.Text(entry.Id.ToString()), Cells.Text(entry.Content));
        return table;
    }

    public static IRenderable Of(IReadOnlyList<MemoryHit> hits, int width)
    {
        if (width < RoomForTable || hits.Count == 0) return Of([.. hits.Select(static hit => hit.Entry)], width);

        var table = Tables.Of("score", "at (UTC)", "outcome", "id", "memory");
        foreach (var hit in hits)
        {
            table.AddRow(
                Cells.Text(hit.Score.ToString("F2", System.Globalization.CultureInfo.InvariantCulture)),
                Cells.Time(hit.Entry.CreatedAt), Cells.Outcome(hit.Entry.Outcome), Cells.Text(hit.Entry.Id.ToString()),
                Cells.Text(hit.Entry.Content));
        }

        return table;
    }

    /// <summary>One memory in one line, as it comes.</summary>
    public static IRenderable Line(MemoryEntry entry)
    {
        var line = new Paragraph();
        line.Append($"{Cells.TimeText(entry.CreatedAt)}  ", new Style(Color.Grey));
        line.Append($"{entry.Outcome.Name(),-9} ", new Style(entry.Outcome == TriggerOutcome.Success ? Color.Green : Color.Red));
        line.Append($"{SafeText.Of(entry.Content)}\n");
        return line;
    }

    private static Paragraph Lines(MemoryEntry entry)
    {
        var lines = new Paragraph();
        lines.Append($"{Cells.TimeText(entry.CreatedAt)} {entry.Outcome.Name()} {entry.Id}\n", new Style(Color.Grey));
        lines.Append($"  {SafeText.Of(entry.Content)}");
        return lines;
    }
}
