using System.CommandLine;
using System.Text.Json.Nodes;
using MemoryTriggers.Cli.Conventions;
using MemoryTriggers.Cli.Invocation;

namespace MemoryTriggers.Cli.Journals;

/// <summary><c>journal verify</c></summary>
internal static class VerifyCommand
{
    public static Command Create() => new Command("verify", "Reads journals from the first to the last byte and checks every record. " +
        "Changes nothing. Exits with 3 when something is damaged.")
    {
        JournalFolders.Journal,
    }.Runs(RunAsync);

    [CliMemoryTrigger("journal verify")]
    private static Task<int> RunAsync(CommandSession session)
    {
        List<JournalInspection> journals = [.. JournalFolders.Of(session).Select(JournalInspector.Inspect)];
        var isHealthy = journals.TrueForAll(static journal => journal.Problems.Count == 0);
        session.Output.Write(
            new JsonObject
            {
                ["status"] = isHealthy ? "healthy" : "unhealthy",
                ["journals"] = new JsonArray([.. journals.Select(JournalDocument.Of)]),
            },
            screen => screen.Write(JournalDocument.Table(journals)));
        return Task.FromResult(isHealthy ? ExitCodes.Fine : ExitCodes.Unhealthy);
    }
}
