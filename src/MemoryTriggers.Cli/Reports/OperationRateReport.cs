using System.Text.Json.Nodes;
using MemoryTriggers.Backends.Sqlite;
using MemoryTriggers.Cli.Invocation;
using MemoryTriggers.Cli.Memories;
using MemoryTriggers.Cli.Output;
using MemoryTriggers.Delivery.Sampling;
using Microsoft.Data.Sqlite;
using Spectre.Console;

namespace MemoryTriggers.Cli.Reports;

/// <summary>How often the operations of broad triggers ran, of which not each success is a memory.</summary>
internal static class OperationRateReport
{
    private const int OperationsShown = 20;

    /// <summary>The rates of a data folder that a query means; none where the query asks for what rates do not know.</summary>
    public static IReadOnlyList<OperationRate> Read(CommandSession session, MemoryQuery query)
    {
        if (session.FolderIfAny is not { } folder || session.User is not null || QueryOptions.AsksForMemoriesOnly(session)) return [];
        var path = Path.Combine(folder.Path, OperationRates.FileName);
        if (!File.Exists(path)) return [];
        try
        {
            using var database = SqliteCopy.OpenForReading(path);
            return [.. OperationRates.Read(database, query.Since ?? DateTimeOffset.UnixEpoch, query.Project)
                .Where(rate => (query.Until is not { } until || rate.Hour < until)
                    && (query.Key is not { } key || rate.Operation.Key == key))];
        }
        catch (SqliteException exception)
        {
            CommandOutput.Remark($"The counts of operations in {path} cannot be read: {exception.Message}");
            return [];
        }
    }

    public static JsonArray Document(IReadOnlyList<OperationRate> rates)
    {
        var hours = rates.ToLookup(static rate => rate.Operation);
        return new([.. ByOperation(rates).Select(operation => (JsonNode)new JsonObject
        {
            ["project"] = operation.Operation.Project,
            ["operation"] = operation.Operation.Key,
            ["executions"] = operation.Executions,
            ["failures"] = operation.Failures,
            ["remembered"] = operation.Remembered,
            ["mean_ms"] = Mean(operation).TotalMilliseconds,
            ["longest_ms"] = operation.Longest.TotalMilliseconds,
            ["by_hour"] = new JsonArray([.. hours[operation.Operation].Select(static rate => (JsonNode)new JsonObject
            {
                ["hour"] = rate.Hour,
                ["executions"] = rate.Executions,
                ["failures"] = rate.Failures,
                ["mean_ms"] = Mean(rate).TotalMilliseconds,
            })]),
        })]);
    }

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
}
