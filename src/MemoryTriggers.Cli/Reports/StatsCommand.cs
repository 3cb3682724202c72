using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using MemoryTriggers.Cli.Conventions;
using MemoryTriggers.Cli.Invocation;
using MemoryTriggers.Cli.Memories;
using MemoryTriggers.Cli.Output;
using Spectre.Console;

namespace MemoryTriggers.Cli.Reports;

/// <summary><c>stats</c></summary>
internal static class StatsCommand
{
    private const int DaysShown = 14;

    public static Command Create() => new Command(
        "stats", "Counts memories by category, project, outcome and day, and executions by operation.")
        .With([.. QueryOptions.Filters, .. QueryOptions.Times]).Runs(RunAsync);

    [CliMemoryTrigger("stats")]
    private static async Task<int> RunAsync(CommandSession session)
    {
        await using var store = await session.OpenAsync();
        var query = QueryOptions.Read(session);
        var statistics = await store.Memories.GetStatisticsAsync(query, session.Token);
        var rates = OperationRateReport.Read(session, query);
        var document = Document(statistics);
        document["operations"] = OperationRateReport.Document(rates);
        session.Output.Write(document, screen =>
        {
            Show(screen, statistics);
            OperationRateReport.Show(screen, rates);
        });
        return ExitCodes.Fine;
    }

    private static JsonObject Document(MemoryStatistics statistics) => new()
    {
        ["total"] = statistics.Total,
        ["occurrences"] = statistics.Occurrences,
        ["superseded"] = statistics.Superseded,
        ["bytes"] = statistics.Bytes,
        ["oldest"] = statistics.Oldest,
        ["newest"] = statistics.Newest,
        ["by_category"] = Counts(statistics.ByCategory, static name => name),
        ["by_project"] = Counts(statistics.ByProject, static name => name),
        ["by_outcome"] = Counts(statistics.ByOutcome, static outcome => outcome.Name()),
        ["by_day"] = new JsonObject(statistics.ByDay.OrderBy(static day => day.Key)
            .Select(static day => KeyValuePair.Create(Day(day.Key), (JsonNode?)day.Value))),
    };

    private static JsonObject Counts<T>(IReadOnlyDictionary<T, long> counts, Func<T, string> name) =>
        new(counts.OrderByDescending(static count => count.Value)
            .Select(count => KeyValuePair.Create(name(count.Key), (JsonNode?)count.Value)));

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static void Show(IAnsiConsole screen, MemoryStatistics statistics)
    {
        screen.Write(Tables.Pairs(
            ("memories", Cells.NumberText(statistics.Total)),
            ("occurrences", Cells.NumberText(statistics.Occurrences)),
            ("replaced", Cells.NumberText(statistics.Superseded)),
            ("size", Cells.BytesText(statistics.Bytes)),
            ("oldest (UTC)", Cells.TimeText(statistics.Oldest)),
            ("newest (UTC)", Cells.TimeText(statistics.Newest))));
        Table(screen, "category",
            statistics.ByCategory.OrderByDescending(static count => count.Value).Select(static count => (count.Key, count.Value)));
        Table(screen, "project",
            statistics.ByProject.OrderByDescending(static count => count.Value).Select(static count => (count.Key, count.Value)));
        Table(screen, "outcome",
            statistics.ByOutcome.OrderBy(static count => count.Key).Select(static count => (count.Key.Name(), count.Value)));
        Table(screen, "day", statistics.ByDay.OrderByDescending(static count => count.Key).Take(DaysShown)
            .Select(static count => (Day(count.Key), count.Value)));
    }

    private static void Table(IAnsiConsole screen, string title, IEnumerable<(string Name, long Count)> counts)
    {
        var table = Tables.Of(title, "memories");
        foreach (var (name, count) in counts) table.AddRow(Cells.Text(name), Cells.Number(count));
        if (table.Rows.Count > 0) screen.Write(table);
    }
}
