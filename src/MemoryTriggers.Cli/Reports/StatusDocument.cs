using System.Text.Json.Nodes;
using MemoryTriggers.Cli.Journals;
using MemoryTriggers.Cli.Output;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace MemoryTriggers.Cli.Reports;

/// <summary>The state of a data folder, for programs and for people.</summary>
internal static class StatusDocument
{
    public static JsonObject Of(FolderStatus status) => new()
    {
        ["data_directory"] = status.Folder,
        ["store"] = new JsonObject
        {
            ["path"] = status.Store,
            ["kind"] = status.Kind,
            ["bytes"] = status.StoreBytes,
            ["memories"] = status.Memories,
            ["newest"] = status.Newest,
        },
        ["last_hour"] =
            new JsonObject(status.LastHour.Select(static count => KeyValuePair.Create(count.Key.Name(), (JsonNode?)count.Value))),
        ["processes"] = status.Processes,
        ["pending"] = status.Pending,
        ["dead_letters"] = status.DeadLetters,
        ["reliability"] = new JsonArray([.. status.Running.Select(static process => (JsonNode)process.Document.DeepClone())]),
        ["journals"] = new JsonArray([.. status.Journals.Select(JournalDocument.Of)]),
    };

    public static IRenderable View(FolderStatus status) => new Rows(
        Tables.Pairs(
            ("data folder", status.Folder ?? "none named"),
            ("store", status.StoreBytes is { } bytes ? $"{status.Kind}, {Cells.BytesText(bytes)}" : status.Store),
            ("memories", Cells.NumberText(status.Memories)),
            ("newest (UTC)", Cells.TimeText(status.Newest)),
            ("last hour", status.LastHour.Count == 0
                ? "nothing"
                : string.Join(", ", status.LastHour.OrderBy(static count => count.Key)
                    .Select(static count => $"{Cells.NumberText(count.Value)} {count.Key.Name()}"))),
            ("processes", Cells.NumberText(status.Processes)),
            ("on their way", $"{Cells.NumberText(status.Pending)} records"),
            ("dead letters", Cells.NumberText(status.DeadLetters))),
        RunningProcess.Table(status.Running),
        JournalDocument.Table(status.Journals));
}
