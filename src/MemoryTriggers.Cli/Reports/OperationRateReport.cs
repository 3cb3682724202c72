using System.Text.Json.Nodes;
using MemoryTriggers.Cli.Output;
using MemoryTriggers.Cli.Stores;
using MemoryTriggers.Delivery.Sampling;
using Microsoft.Extensions.Logging.Abstractions;
using Spectre.Console;

namespace MemoryTriggers.Cli.Reports;

/// <summary>How often the operations of broad triggers ran, of which not each success is a memory.</summary>
internal static class OperationRateReport
{
    private const int OperationsShown = 20;

    /// <summary>The rates of a data folder that a query means; none where the query asks for what rates do not know.</summary>
    public static IReadOnlyList<OperationRate> Read(StoreFolder? folder, MemoryQuery query, TimeProvider time)
    {
        if (folder is null || !File.Exists(Path.Combine(folder.Path, OperationRates.FileName)) || !KnowsOnly(query)) return [];
        using var rates = new OperationRates(folder.Path, time, NullLogger.Instance);
        return [.. rates.Read(query.Since ?? DateTimeOffset.UnixEpoch, query.Project)
            .Where(rate => (query.Until is not { } until || rate.Hour < until) && (query.Key is not { } key || rate.Operation.Key == key))];
    }

    public static JsonArray Document(IReadOnlyList<OperationRate> rates) => new([.. ByOperation(rates).Select(operation =>
        (JsonNode)new JsonObject
        {
            ["project"] = operation.Operation.Project,
            ["operation"] = operation.Operation.Key,
            ["executions"] = operation.Executions,
            ["failures"] = operation.Failures,
            ["remembered"] = operation.Remembered,
            ["mean_ms"] = Mean(operation).TotalMilliseconds,
            ["longest_ms"] = operation.Longest.TotalMilliseconds,
            ["by_hour"] = new JsonArray([.. rates.Where(rate => rate.Operation == operation.Operation).Select(static rate =>
                (JsonNode)new JsonObject
                {
                    ["hour"] = rate.Hour,
                    ["executions"] = rate.Executions,
                    ["failures"] = rate.Failures,
                    ["mean_ms"] = Mean(rate).TotalMilliseconds,
                })]),
        })]);

    public static void Show(IAnsiConsole screen, IReadOnlyList<OperationRate> rates)
    {
        if (rates.Count == 0) return;
        var operations = ByOperation(rates);
        var table = Tables.Of("operation", "project", "executions", "failures", "memories", "mean", "longest");
        foreach (var operation in operations.Take(OperationsShown))
        {
            table.AddRow(Cells.Text(operation.Operation.Key), Cells.Text(operation.Operation.Project), Cells.Number(operation.Executions),
                Cells.Number(operation.Failures), Cells.Number(operation.Remembered), Cells.Text(Cells.DurationText(Mean(operation))),
                Cells.Text(Cells.DurationText(operation.Longest)));
        }

        screen.Write(table);
        if (operations.Count > OperationsShown)
            screen.WriteLine($"{OperationsShown} of {Cells.NumberText(operations.Count)} operations; --format json shows all.");
    }

    private static List<OperationRate> ByOperation(IReadOnlyList<OperationRate> rates) =>
    [
        .. rates.GroupBy(static rate => rate.Operation)
            .Select(static hours => new OperationRate(
                hours.Key, hours.Min(static rate => rate.Hour), hours.Sum(static rate => rate.Executions),
                hours.Sum(static rate => rate.Failures), hours.Sum(static rate => rate.Remembered),
                TimeSpan.FromTicks(hours.Sum(static rate => rate.Total.Ticks)), hours.Max(static rate => rate.Longest)))
            .OrderByDescending(static operation => operation.Executions),
    ];

    private static TimeSpan Mean(OperationRate rate) => rate.Total / Math.Max(rate.Executions, 1);

    private static bool KnowsOnly(MemoryQuery query)
    {
        var known = new MemoryQuery
        {
            Project = query.Project,
            AllProjects = query.AllProjects,
            Key = query.Key,
            Since = query.Since,
            Until = query.Until,
            IncludePast = query.IncludePast,
            Limit = query.Limit,
            Offset = query.Offset,
        };
        return query with { AnyTags = known.AnyTags, AllTags = known.AllTags } == known
            && query.AnyTags.Count == 0 && query.AllTags.Count == 0;
    }
}
