using System.CommandLine;
using System.Text.Json.Nodes;
using MemoryTriggers.Cli.Conventions;
using MemoryTriggers.Cli.Invocation;
using MemoryTriggers.Cli.Output;
using MemoryTriggers.Problems;

namespace MemoryTriggers.Cli.Reports;

/// <summary><c>health acknowledge</c></summary>
internal static class AcknowledgeCommand
{
    private static readonly Argument<string?> Id = new("id")
    {
        Description = "Only the problem of this id, as 'health' names it. Without it, all of them.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public static Command Create() => new Command("acknowledge",
        "Ends problems that 'health' reports until a person knows of them: files that were damaged and set aside, parts of the journal in "
        + "quarantine. The files themselves stay where they are.")
    {
        Id,
    }.Runs(RunAsync);

    [CliMemoryTrigger("health acknowledge")]
    private static Task<int> RunAsync(CommandSession session)
    {
        var id = session.Get(Id);
        var acknowledged = ProblemLog.At(session.Folder.Path, session.Time).Acknowledge(id);
        if (acknowledged.Count == 0 && id is not null) throw new CommandException($"There is no problem {id}: see 'health'.");
        session.Output.Write(
            new JsonObject { ["acknowledged"] = new JsonArray([.. acknowledged.Select(static problem => (JsonNode)problem.Id)]) },
            screen =>
            {
                foreach (var problem in acknowledged) screen.Line($"{problem.Id}  {problem.Text}");
                screen.Line($"{Cells.NumberText(acknowledged.Count)} acknowledged.");
            });
        return Task.FromResult(ExitCodes.Fine);
    }
}
