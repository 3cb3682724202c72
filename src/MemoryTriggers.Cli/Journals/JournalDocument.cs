using System.Text.Json.Nodes;
using MemoryTriggers.Cli.Memories;
using MemoryTriggers.Cli.Output;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace MemoryTriggers.Cli.Journals;

/// <summary>Journals for programs and for people.</summary>
internal static class JournalDocument
{
    public static JsonNode Of(JournalInspection journal) => new JsonObject
    {
        ["directory"] = journal.Directory,
        ["in_use"] = journal.IsInUse,
        ["pending"] = journal.Pending,
        ["pending_bytes"] = journal.PendingBytes,
        ["held"] = journal.Held,
        ["definitions"] = journal.Definitions,
        ["quarantined"] = journal.Quarantined,
        ["problems"] = EntryDocument.Array(journal.Problems),
    };

    public static JsonNode WithSegments(JournalInspection journal)
    {
        var document = Of(journal);
        document["segments"] = new JsonArray([.. journal.Segments.Select(static segment => (JsonNode)new JsonObject
        {
            ["file"] = segment.File,
            ["lane"] = segment.Lane?.Name(),
            ["sequence"] = segment.Sequence,
            ["bytes"] = segment.Bytes,
            ["state"] = segment.State,
            ["pending"] = segment.Pending,
            ["damage"] = new JsonArray([.. segment.Damage.Select(static stretch => (JsonNode)new JsonArray(stretch.From, stretch.To))]),
        })]);
        return document;
    }

    public static IRenderable Table(IReadOnlyList<JournalInspection> journals)
    {
        if (journals.Count == 0) return new Text("No journals.\n");
        var table = Tables.Of("journal", "in use", "waiting", "held", "quarantined", "problems");
        foreach (var journal in journals)
        {
            table.AddRow(
                Cells.Text(Path.GetFileName(journal.Directory)), Cells.Text(journal.IsInUse ? "yes" : "no"),
                Cells.Text($"{Cells.NumberText(journal.Pending)} ({Cells.BytesText(journal.PendingBytes)})"),
                Cells.Text(journal.Held is { } held ? Cells.NumberText(held) : "?"), Cells.Number(journal.Quarantined),
                journal.Problems.Count == 0 ? Cells.Verdict(true, "none") : Cells.Verdict(false, string.Join("; ", journal.Problems)));
        }

        return table;
    }

    public static IRenderable Segments(JournalInspection journal)
    {
        var table = Tables.Of("file", "size", "state", "waiting");
        foreach (var segment in journal.Segments)
            table.AddRow(Cells.Text(segment.File), Cells.Text(Cells.BytesText(segment.Bytes)), Cells.Text(segment.State),
                Cells.Number(segment.Pending));
        return table;
    }
}
