using System.CommandLine;
using MemoryTriggers.Cli.Invocation;

namespace MemoryTriggers.Cli.Reports;

/// <summary><c>doctor</c></summary>
internal static class DoctorCommand
{
    private static readonly Option<string[]> Assemblies = new("--assemblies")
    {
        Description = "An assembly, or a folder of them: tells whether those with triggers were woven. Again for more.",
        HelpName = "path",
    };

    public static Command Create() => new Command("doctor", "Finds what keeps a program from remembering: checks versions, permissions, " +
        "assemblies that were not woven, and everything that 'health' checks. Exits with 3 when it finds a problem.")
    {
        Assemblies,
    }.Runs(RunAsync);

    [CliMemoryTrigger("doctor")]
    private static async Task<int> RunAsync(CommandSession session) => FindingTable.Write(
        session,
        [.. EnvironmentChecks.Run(session), .. (session.Get(Assemblies) ?? []).SelectMany(WovenAssemblies.Look),
            .. await new FolderChecks(session, isDeep: true).RunAsync()]);
}
