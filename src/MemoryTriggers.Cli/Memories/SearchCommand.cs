using System.CommandLine;
using System.Text.Json.Nodes;
using MemoryTriggers.Cli.Conventions;
using MemoryTriggers.Cli.Invocation;

namespace MemoryTriggers.Cli.Memories;

/// <summary><c>memory search</c></summary>
internal static class SearchCommand
{
    private static readonly Argument<string[]> Question = new("question")
    {
        Description = "Words, or a whole question; nothing in it is syntax.",
        Arity = ArgumentArity.OneOrMore,
    };

    public static Command Create() =>
        new Command("search", "Finds the memories that answer a question, best first.") { Question }.With(QueryOptions.All).Runs(RunAsync);

    [CliMemoryTrigger("memory search")]
    private static async Task<int> RunAsync(CommandSession session)
    {
        await using var store = await session.OpenAsync();
        var query = QueryOptions.Read(session);
        var hits = await store.Recall.SearchAsync(string.Join(' ', session.Get(Question)), query, session.Token);
        session.Output.Write(new JsonArray([.. hits.Select(EntryDocument.Of)]), screen =>
            screen.Write(EntryTable.Of(hits, screen.Profile.Width)));
        if (hits.Count == query.Limit) Shown.RemarkBest(hits.Count);
        return ExitCodes.Fine;
    }
}
