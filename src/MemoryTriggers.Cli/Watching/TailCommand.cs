using System.CommandLine;
using MemoryTriggers.Cli.Conventions;
using MemoryTriggers.Cli.Invocation;
using MemoryTriggers.Cli.Memories;
using MemoryTriggers.Cli.Stores;

namespace MemoryTriggers.Cli.Watching;

/// <summary><c>tail</c></summary>
internal static class TailCommand
{
    private static readonly Option<int> Last =
        QueryOptions.Bounded(new("--last", "-n") { Description = "How many of the newest to begin with, 0 to 1000.", HelpName = "number",
            DefaultValueFactory = static _ => 10 }, 0, MemoryQuery.MaxLimit);
    private static readonly Option<double> Interval = new("--interval")
    {
        Description = "Seconds between two polls, 0.1 to 3600.",
        HelpName = "seconds",
        DefaultValueFactory = static _ => 0.5,
        Validators = { WatchInterval.Check },
    };
    private static readonly Option<int?> Count = new("--count")
    {
        Description = "Ends after this number of memories. Without it, Ctrl-C ends it.",
        HelpName = "number",
    };

    public static Command Create() =>
        new Command("tail", "Prints memories as they are stored, a line each (with --format json, a line of JSON).")
        .With([Last, Count, Interval, .. QueryOptions.Filters]).Runs(RunAsync);

    [CliMemoryTrigger("tail")]
    private static async Task<int> RunAsync(CommandSession session)
    {
        await using var store = await session.OpenAsync();
        try
        {
            await foreach (var entry in EntriesAsync(session, store).Take(session.Get(Count) ?? int.MaxValue))
                session.Output.WriteOne(EntryDocument.Of(entry), screen => screen.Write(EntryTable.Line(entry)));
        }
        catch (OperationCanceledException) when (session.Token.IsCancellationRequested)
        {
            // Ctrl-C is how watching ends.
        }

        return ExitCodes.Fine;
    }

    private static async IAsyncEnumerable<MemoryEntry> EntriesAsync(CommandSession session, OpenStore store)
    {
        var query = QueryOptions.Read(session);
        var news = await StoreNews.BeginAsync(store, query, session.Token);
        var first = await LastAsync(session, store, query);
        foreach (var entry in first.Reverse()) yield return entry;

        // What was stored between the two is among both.
        var shown = first.Select(static entry => entry.Id).ToHashSet();
        while (await WatchInterval.WaitAsync(session, session.Get(Interval)))
        {
            foreach (var entry in (await news.NextAsync(session.Token)).Where(entry => !shown.Contains(entry.Id))) yield return entry;
        }
    }

    private static async Task<IReadOnlyList<MemoryEntry>> LastAsync(CommandSession session, OpenStore store, MemoryQuery query) =>
        session.Get(Last) is > 0 and var last ? await store.Recall.ListAsync(query with { Limit = last }, session.Token) : [];
}
