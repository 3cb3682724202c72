using System.CommandLine;
using System.Text.Json.Nodes;
using MemoryTriggers.Cli.Conventions;
using MemoryTriggers.Cli.Invocation;
using MemoryTriggers.Cli.Memories;
using MemoryTriggers.Cli.Output;
using Spectre.Console;

namespace MemoryTriggers.Cli.Journals;

/// <summary><c>journal inspect</c></summary>
internal static class InspectCommand
{
    private static readonly Option<bool> Records = new("--records")
    {
        Description = "Also shows the records that wait, as the memories that they will become.",
    };

    public static Command Create() =>
        new Command("inspect", "Shows the files of journals and what waits in them. Changes nothing; programs may be writing.")
        {
            JournalFolders.Journal,
            Records,
        }.Runs(RunAsync);

    [CliMemoryTrigger("journal inspect")]
    private static Task<int> RunAsync(CommandSession session)
    {
        var journals = JournalFolders.Of(session)
            .Select(folder => (Journal: JournalInspector.Inspect(folder), Waiting: Waiting(session, folder))).ToList();
        session.Output.Write(new JsonArray([.. journals.Select(static journal => Document(journal.Journal, journal.Waiting))]), screen =>
        {
            if (journals.Count == 0) screen.Line("No journals.");
            foreach (var (journal, waiting) in journals) Show(screen, journal, waiting);
        });
        return Task.FromResult(ExitCodes.Fine);
    }

    private static List<MemoryEntry>? Waiting(CommandSession session, string folder) =>
        session.Get(Records) ? [.. JournalInspector.ReadPending(folder, session.Project)] : null;

    private static JsonNode Document(JournalInspection journal, List<MemoryEntry>? waiting)
    {
        var document = JournalDocument.WithSegments(journal);
        if (waiting is not null) document["records"] = EntryDocument.Of(waiting);
        return document;
    }

    private static void Show(IAnsiConsole screen, JournalInspection journal, List<MemoryEntry>? waiting)
    {
        screen.Line(journal.Directory);
        screen.Write(JournalDocument.Table([journal]));
        screen.Write(JournalDocument.Segments(journal));
        if (waiting is not null) screen.Write(EntryTable.Of(waiting, screen.Profile.Width));
    }
}
