using Spectre.Console;

namespace MemoryTriggers.Cli.Output;

/// <summary>Tables that all look alike.</summary>
internal static class Tables
{
    /// <summary>The last column takes what is left, and wraps.</summary>
    public static Table Of(params string[] columns)
    {
        var table = new Table().Border(TableBorder.Simple).BorderColor(Color.Grey);
        foreach (var column in columns[..^1]) table.AddColumn(column, static layout => layout.NoWrap());
        return table.AddColumn(columns[^1]);
    }

    /// <summary>Names and values.</summary>
    public static Grid Pairs(params IEnumerable<(string Name, string? Value)> pairs)
    {
        var grid = new Grid().AddColumn(new GridColumn().NoWrap().PadRight(2)).AddColumn();
        foreach (var (name, value) in pairs.Where(static pair => pair.Value is { Length: > 0 }))
            grid.AddRow(new Text(name, new Style(Color.Grey)), Cells.Text(value));
        return grid;
    }

    /// <summary>One line of text, which is not broken: it may be a path that the user copies.</summary>
    public static void Line(this IAnsiConsole screen, string text) => screen.Profile.Out.Writer.WriteLine(SafeText.Of(text));
}
