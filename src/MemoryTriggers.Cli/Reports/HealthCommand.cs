using System.CommandLine;
using MemoryTriggers.Cli.Conventions;
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

    private static readonly Option<string> Service = GlobalOptions.OneOf(
        new Option<string>("--service") { Description = "The service to check; there is this one." }, "memory");

    private static readonly Option<bool> Detailed = new("--detailed")
    {
        Description = "Also the reliability of each running process: calls, failures, circuits that opened, recoveries, last flush.",
    };

    public static Command Create() =>
        new Command("health",
            "Checks store, circuits of running processes, journals, dead letters and disk. Exits with 3 when a check fails.")
        {
            Deep, Service, Detailed, AcknowledgeCommand.Create(),
        }.Runs(RunAsync);

    [CliMemoryTrigger("health")]
    private static async Task<int> RunAsync(CommandSession session) =>
        FindingTable.Write(session, await new FolderChecks(session, session.Get(Deep), session.Get(Detailed)).RunAsync());
}
