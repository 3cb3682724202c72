using System.CommandLine;
using MemoryTriggers.Cli.Conventions;
using MemoryTriggers.Cli.Invocation;

namespace MemoryTriggers.Cli.Memories;

/// <summary><c>memory get</c></summary>
internal static class GetCommand
{
    public static Command Create() => new Command("get", "Shows a memory with all its fields.") { EntryArgument.Id }.Runs(RunAsync);

    [CliMemoryTrigger("memory get")]
    private static async Task<int> RunAsync(CommandSession session)
    {
        await using var store = await session.OpenAsync();
        var entry = await EntryArgument.GetAsync(session, store);
        session.Output.Write(EntryDocument.Of(entry), screen => EntryView.Show(screen, entry));
        return ExitCodes.Fine;
    }
}
