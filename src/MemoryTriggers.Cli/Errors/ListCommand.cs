using System.CommandLine;
using System.Text.Json.Nodes;
using MemoryTriggers.Cli.Conventions;
using MemoryTriggers.Cli.Invocation;
using MemoryTriggers.Cli.Memories;
using MemoryTriggers.Cli.Stores;

namespace MemoryTriggers.Cli.Errors;

/// <summary><c>errors list</c></summary>
internal static class ListCommand
{
    private static readonly Option<bool> Unresolved = new("--unresolved") { Description = "Only errors without a known resolution." };

    public static Command Create() =>
        new Command("list", "Lists errors, the last seen first: the number in all projects, and what resolved them. The options select " +
            "failures; without a limit of their age all of them may be read.")
            .With([Unresolved, .. QueryOptions.OfFailures, .. QueryOptions.Pages]).Runs(RunAsync);

    [CliMemoryTrigger("errors list")]
    private static async Task<int> RunAsync(CommandSession session)
    {
        await using var store = await session.OpenAsync();
        // Errors are the program's, for every user.
        var query = QueryOptions.Read(session) with { VisibleTo = null };
        var errors = new List<(RecalledError Error, string? Content)>();
        var found = store.Memories.Errors.ListAsync(query, session.Token)
            .Where(error => !session.Get(Unresolved) || error.Resolutions.Count == 0)
            .Skip(query.Offset);
        var isMore = false;
        await foreach (var error in found)
        {
            isMore = errors.Count == query.Limit;
            if (isMore) break;
            errors.Add((error, await ContentAsync(session, store, error.Fingerprint)));
        }

        session.Output.Write(
            new JsonArray([.. errors.Select(static pair => ErrorDocument.Of(pair.Error, pair.Content))]),
            screen => screen.Write(ErrorTable.Of(errors, screen.Profile.Width)));
        if (isMore) Shown.RemarkMore(errors.Count, "errors");
        return ExitCodes.Fine;
    }

    private static async Task<string?> ContentAsync(CommandSession session, OpenStore store, ErrorFingerprint fingerprint) =>
        (await store.Memories.Errors.GetOccurrencesAsync(fingerprint, session.Token).FirstOrDefaultAsync(session.Token))?.Content;
}
