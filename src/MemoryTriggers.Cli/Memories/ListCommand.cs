using System.CommandLine;
using MemoryTriggers.Cli.Conventions;
using MemoryTriggers.Cli.Invocation;

namespace MemoryTriggers.Cli.Memories;

/// <summary><c>memory list</c></summary>
internal static class ListCommand
{
    public static Command Create() => new Command("list", "Lists memories, newest first.").With(QueryOptions.All).Runs(RunAsync);

    [CliMemoryTrigger("memory list")]
    private static async Task<int> RunAsync(CommandSession session)
    {
        await using var store = await session.OpenAsync();
        var query = QueryOptions.Read(session);
        var entries = await store.Recall.ListAsync(query, session.Token);
        session.Output.Write(EntryDocument.Of(entries), screen => screen.Write(EntryTable.Of(entries, screen.Profile.Width)));
        if (entries.Count == query.Limit || query.Offset > 0)
            Shown.Remark(entries.Count, await store.Recall.CountAsync(query, session.Token), "memories");
        return ExitCodes.Fine;
    }
}
