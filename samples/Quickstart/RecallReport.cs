using System.Globalization;
using MemoryTriggers;
using Spectre.Console;

namespace Quickstart;

/// <summary>Recalls from the store and shows it in tables.</summary>
internal sealed class RecallReport(IMemoryRecall recall, DateTimeOffset started)
{
    public async Task ThisRunAsync() =>
        Write("What this run remembered", await recall.ListAsync(new MemoryQuery { Since = started, Limit = 50 }));

    public async Task FailuresAsync()
    {
        var failures = await recall.ListAsync(new MemoryQuery { Since = started, Outcome = TriggerOutcome.Failure, Limit = 50 });
        var table = Table("What failed, and why", "step", "why");
        foreach (var failure in failures)
        {
            var exception = failure.Value.GetProperty("exception")[0];
            table.AddRow(Cell(failure.Key), Cell($"{exception.GetProperty("type").GetString()}: {exception.GetProperty("message").GetString()}"));
        }

        AnsiConsole.Write(table);
    }

    public async Task QuestionAsync(string question)
    {
        var table = Table($"Asked: {question}", "score", "because of", "memory");
        foreach (var hit in await recall.SearchAsync(question, new MemoryQuery { Limit = 3 }))
        {
            table.AddRow(
                Cell(hit.Score.ToString("F2", CultureInfo.InvariantCulture)), Cell(string.Join(", ", hit.MatchedWords)), Cell(hit.Entry.Content));
        }

        AnsiConsole.Write(table);
    }

    public async Task EarlierRunsAsync()
    {
        var earlier = new MemoryQuery { Until = started, Key = "release check", Limit = 5 };
        var runs = await recall.ListAsync(earlier);
        if (runs.Count == 0)
        {
            AnsiConsole.MarkupLine("[grey]Earlier runs left nothing here: run it again to recall this one.[/]");
            return;
        }

        Write($"What earlier runs left: {await recall.CountAsync(earlier)} checks, {await recall.CountAsync(new MemoryQuery { Until = started })} memories", runs);
    }

    private static void Write(string title, IReadOnlyList<MemoryEntry> entries)
    {
        var table = Table(title, "at (UTC)", "outcome", "took", "memory");
        foreach (var entry in entries)
        {
            table.AddRow(
                Cell(entry.CreatedAt.ToString("MM-dd HH:mm:ss", CultureInfo.InvariantCulture)),
                entry.Outcome == TriggerOutcome.Success ? new Markup("[green]success[/]") : new Markup($"[red]{entry.Outcome.Name()}[/]"),
                Cell(entry.Duration.TotalMilliseconds.ToString("F1", CultureInfo.InvariantCulture) + " ms"),
                Cell(entry.Content));
        }

        AnsiConsole.Write(table);
    }

    private static Table Table(string title, params string[] columns)
    {
        var table = new Table().Title(new TableTitle(Markup.Escape(title))).Border(TableBorder.Rounded).Expand();
        foreach (var column in columns[..^1]) table.AddColumn(column, static layout => layout.NoWrap());
        table.AddColumn(columns[^1]);
        return table;
    }

    private static Text Cell(string text) => new(text);
}
