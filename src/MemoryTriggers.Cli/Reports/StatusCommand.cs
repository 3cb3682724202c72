using System.CommandLine;
using MemoryTriggers.Cli.Conventions;
using MemoryTriggers.Cli.Invocation;

namespace MemoryTriggers.Cli.Reports;

/// <summary><c>status</c></summary>
internal static class StatusCommand
{
    public static Command Create() =>
        new Command("status",
            "Shows what is in a data folder: the store, the journals of its processes, what waits, and what could not be stored.")
            .Runs(RunAsync);

    [CliMemoryTrigger("status")]
    private static async Task<int> RunAsync(CommandSession session)
    {
        var status = await FolderStatus.ReadAsync(session);
        session.Output.Write(StatusDocument.Of(status), screen => screen.Write(StatusDocument.View(status)));
        return ExitCodes.Fine;
    }
}
