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
        var entries = await store.Recall.ListAsync(QueryOptions.Read(session), session.Token);
        session.Output.Write(EntryDocument.Of(entries), screen => screen.Write(EntryTable.Of(entries, screen.Profile.Width)));
        return ExitCodes.Fine;
    }
}
