using System.Globalization;
using System.Text.Json.Nodes;
using MemoryTriggers.Cli.Output;
using MemoryTriggers.Operations;
using Spectre.Console;

namespace MemoryTriggers.Cli.Reports;

/// <summary>What a living process says of its stores: the circuit of each, and its reliability.</summary>
/// <param name="Journal">The number of its journal.</param>
/// <param name="Document">As the process has written it.</param>
internal sealed record RunningProcess(string Journal, JsonObject Document)
{
    /// <summary>The circuits, by the names of the stores.</summary>
    private IEnumerable<(string Store, JsonObject Circuit)> Circuits => (Document["circuit_breakers"] as JsonObject ?? [])
        .Where(static pair => pair.Value is JsonObject).Select(static pair => (pair.Key, pair.Value!.AsObject()));

    /// <summary>Those of the living processes among the owners of journals.</summary>
    public static IReadOnlyList<RunningProcess> Of(IEnumerable<JournalInspection> journals) =>
    [
        .. from journal in journals
           where journal.IsInUse
           let document = ProcessStatusFile.Read(journal.Directory)
           where document is not null
           select new RunningProcess(Path.GetFileName(journal.Directory), document),
    ];

    public static Table Table(IEnumerable<RunningProcess> processes)
    {
        var table = Tables.Of("process", "store", "circuit", "since (UTC)", "failures in a row", "calls", "succeeded", "last flush (UTC)");
        foreach (var process in processes)
            foreach (var (store, circuit) in process.Circuits)
            {
                table.AddRow(
                    Cells.Text(Text(process.Document, "process_id")), Cells.Text(store), Cells.Text(Text(circuit, "state")),
                    Cells.Text(TimeText(circuit, "state_since")), Cells.Text(Text(circuit, "consecutive_failures")),
                    Cells.Text(Text(circuit["metrics"], "total_requests")),
                    Cells.Text(Text(circuit["metrics"], "successful_requests")), Cells.Text(TimeText(process.Document, "last_flush")));
            }

        return table;
    }

    /// <summary>One finding for each store: a circuit that is open is a problem.</summary>
    public IEnumerable<Finding> Findings() => Circuits.Select(circuit => new Finding(
        $"circuit of {circuit.Store}, journal {Journal}",
        Text(circuit.Circuit, "state") != "open",
        $"{Text(circuit.Circuit, "state")} since {TimeText(circuit.Circuit, "state_since")} UTC, " +
            $"{Text(circuit.Circuit, "consecutive_failures")} failures in a row"));

    /// <summary>The reliability, in figures.</summary>
    public Finding Details()
    {
        var figures = (Document["reliability"] as JsonObject ?? []).Where(static pair => pair.Value is JsonValue)
            .Select(static pair => $"{pair.Key} {Short(pair.Value)}");
        string[] own = [.. new[] { "stored", "pending", "dead_lettered" }.Select(name => $"{name} {Text(Document, name)}")];
        return new Finding(
            $"reliability, journal {Journal}", true,
            string.Join(", ", own.Concat(figures).Append($"last_flush {TimeText(Document, "last_flush")}")) +
                $"; as of {TimeText(Document, "at")} UTC");
    }

    private static string Short(JsonNode? value) => value?.AsValue() is { } number && number.TryGetValue<double>(out var amount)
        ? amount.ToString("0.###", CultureInfo.InvariantCulture)
        : value?.ToString() ?? "";

    private static string Text(JsonNode? node, string name) => node?[name]?.ToString() ?? "";

    private static string TimeText(JsonNode? node, string name) =>
        DateTimeOffset.TryParse(Text(node, name), CultureInfo.InvariantCulture, out var time) ? Cells.TimeText(time) : "never";
}
