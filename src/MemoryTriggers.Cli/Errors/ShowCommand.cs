using System.CommandLine;
using MemoryTriggers.Cli.Conventions;
using MemoryTriggers.Cli.Invocation;
using MemoryTriggers.Cli.Memories;
using MemoryTriggers.Cli.Output;
using Spectre.Console;

namespace MemoryTriggers.Cli.Errors;

/// <summary><c>errors show</c></summary>
internal static class ShowCommand
{
    private static readonly Option<int> Limit = QueryOptions.Bounded(
        new("--limit", "-n")
        {
            Description = "How many of its memories, resolutions and coincident successes at most each, 1 to 1000.",
            HelpName = "number",
            DefaultValueFactory = static _ => 10,
        }, 1, MemoryQuery.MaxLimit);

    public static Command Create() => new Command("show", "Shows an error: when it was seen, its latest memories, and what resolved it.")
    {
        FingerprintArgument.Fingerprint,
    }.With(Limit).Runs(RunAsync);

    [CliMemoryTrigger("errors show")]
    private static async Task<int> RunAsync(CommandSession session)
    {
        await using var store = await session.OpenAsync();
        var error = await FingerprintArgument.GetAsync(session, store);
        var (known, limit) = (store.Memories.Errors, session.Get(Limit));
        var memories = await known.GetOccurrencesAsync(error.Fingerprint, session.Token).Take(limit).ToListAsync(session.Token);
        var resolutions = await known.GetResolutionsAsync(error.Fingerprint, session.Token).Take(limit).ToListAsync(session.Token);
        var coincidences = await known.GetCoincidencesAsync(error.Fingerprint, session.Token).Take(limit).ToListAsync(session.Token);
        var all = await store.Recall.CountAsync(new() { AllProjects = true, AnyTags = [error.Fingerprint.ErrorTag] }, session.Token);

        var document = ErrorDocument.Of(error, memories is [var latest, ..] ? latest.Content : null);
        document["resolutions"] = EntryDocument.Of(resolutions);
        document["coincidences"] = EntryDocument.Of(coincidences);
        document["memories"] = EntryDocument.Of(memories);
        session.Output.Write(document, screen => Show(screen, error, memories, resolutions, coincidences));
        if (memories.Count < all) CommandOutput.Remark($"{memories.Count} of {all} memories; --limit shows others.");
        if (resolutions.Count < error.Resolutions.Count)
            CommandOutput.Remark($"{resolutions.Count} of {error.Resolutions.Count} resolutions; --limit shows others.");
        if (coincidences.Count < error.Coincidences.Count)
            CommandOutput.Remark($"{coincidences.Count} of {error.Coincidences.Count} coincident successes; --limit shows others.");
        return ExitCodes.Fine;
    }

    private static void Show(IAnsiConsole screen, RecalledError error, IReadOnlyList<MemoryEntry> memories,
        IReadOnlyList<MemoryEntry> resolutions, IReadOnlyList<MemoryEntry> coincidences)
    {
        screen.Write(Tables.Pairs(
            ("error", error.Fingerprint.Value),
            ("occurrences", Cells.NumberText(error.Occurrences)),
            ("first seen (UTC)", Cells.TimeText(error.FirstSeen)),
            ("last seen (UTC)", Cells.TimeText(error.LastSeen))));
        screen.Line("What happened:");
        screen.Write(EntryTable.Of(memories, screen.Profile.Width));
        screen.Line(resolutions.Count > 0 ? "What resolved it:" : "No resolution is known: record one with 'errors resolve'.");
        if (resolutions.Count > 0) screen.Write(EntryTable.Of(resolutions, screen.Profile.Width));
        if (coincidences.Count == 0) return;
        screen.Line("Coincident successes, which may have had another input:");
        screen.Write(EntryTable.Of(coincidences, screen.Profile.Width));
    }
}
