using MemoryTriggers.Cli.Output;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace MemoryTriggers.Cli.Errors;

/// <summary>Errors for people: a table where there is room for one, else a few lines each.</summary>
internal static class ErrorTable
{
    private const int RoomForTable = 100;

    public static IRenderable Of(IReadOnlyList<(RecalledError Error, string? Content)> errors, int width)
    {
        if (errors.Count == 0) return new Text("No errors.\n");
        if (width < RoomForTable) return new Rows(errors.Select(static pair => Lines(pair.Error, pair.Content)));

        var table = Tables.Of("last seen (UTC)", "times", "fingerprint", "error");
        foreach (var (error, content) in errors)
            table.AddRow(Cells.Time(error.LastSeen), Cells.Number(error.Occurrences), Cells.Text(error.Fingerprint.Value),
                What(error, content));
        return table;
    }

    private static Paragraph Lines(RecalledError error, string? content)
    {
        var lines = new Paragraph();
        lines.Append($"{Cells.TimeText(error.LastSeen)} {error.Fingerprint} {Times(error.Occurrences)}\n", new Style(Color.Grey));
        lines.Append($"  {SafeText.Of(content)}");
        if (Link(error) is { } link) lines.Append($"\n  {link.Line}", new Style(link.Color));
        return lines;
    }

    private static string Times(long count) => count == 1 ? "1 time" : $"{Cells.NumberText(count)} times";

    private static IRenderable What(RecalledError error, string? content) => Link(error) is { } link
        ? new Rows(Cells.Text(content), new Text(link.Line, new Style(link.Color)))
        : Cells.Text(content);

    private static (string Line, Color Color)? Link(RecalledError error) => error switch
    {
        { Resolutions: [var latest, ..] } => ($"then: {SafeText.Of(latest.Line)}", Color.Green),
        { Coincidences: [var latest, ..] } => ($"coincident: {SafeText.Of(latest.Line)}", Color.Grey),
        _ => null,
    };
}
