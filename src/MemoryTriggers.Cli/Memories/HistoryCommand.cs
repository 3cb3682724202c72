using System.CommandLine;
using MemoryTriggers.Cli.Conventions;
using MemoryTriggers.Cli.Invocation;
using MemoryTriggers.Cli.Output;
using Spectre.Console;

namespace MemoryTriggers.Cli.Memories;

/// <summary><c>memory history</c></summary>
internal static class HistoryCommand
{
    public static Command Create() => new Command("history", "Shows a memory and its earlier versions, the present one first.")
    {
        EntryArgument.Id,
    }.Runs(RunAsync);

    [CliMemoryTrigger("memory history")]
    private static async Task<int> RunAsync(CommandSession session)
    {
        await using var store = await session.OpenAsync();
        var versions = await store.Memories.GetHistoryAsync(session.Get(EntryArgument.Id), session.Token);
        if (versions.Count == 0) throw EntryArgument.Missing(session);
        session.Output.Write(EntryDocument.Of(versions), screen =>
        {
            var table = Tables.Of("since (UTC)", "until (UTC)", "by", "memory");
            foreach (var version in versions)
                table.AddRow(Cells.Time(version.UpdatedAt), Cells.Time(version.SupersededAt),
                    Cells.Text(version.Provenance.UpdatedBy ?? version.Provenance.CreatedBy), Cells.Text(version.Content));
            screen.Write(table);
        });
        return ExitCodes.Fine;
    }
}
