using System.CommandLine;
using MemoryTriggers.Cli.Invocation;

namespace MemoryTriggers.Cli.Reports;

/// <summary><c>health</c></summary>
internal static class HealthCommand
{
    private static readonly Option<bool> Deep = new("--deep")
    {
        Description = "Also reads every page and index of the store. Takes time in proportion to its size; programs wait meanwhile " +
            "with their writes.",
    };

    public static Command Create() =>
        new Command("health", "Checks store, journals, dead letters and disk. Exits with 3 when a check fails.")
        {
            Deep,
        }.Runs(RunAsync);

    [CliMemoryTrigger("health")]
    private static async Task<int> RunAsync(CommandSession session) =>
        FindingTable.Write(session, await new FolderChecks(session, session.Get(Deep)).RunAsync());
}
