using System.CommandLine;
using System.Text.Json.Nodes;
using MemoryTriggers.Cli.Conventions;
using MemoryTriggers.Cli.Invocation;
using MemoryTriggers.Cli.Memories;
using MemoryTriggers.Cli.Output;

namespace MemoryTriggers.Cli.DeadLetters;

/// <summary><c>dead-letters purge</c></summary>
internal static class PurgeCommand
{
    private static readonly Option<TimeSpan?> OlderThan = new("--older-than")
    {
        Description = "Only letters of at least this age: 90m, 2h, 7d.",
        HelpName = "time",
        CustomParser = TimeArgument.ParseSpan,
    };

    public static Command Create() => new Command("purge", "Deletes dead letters permanently, with --project those of that project.")
    {
        LetterBox.OptionalId,
        OlderThan,
        Confirmation.Force,
        Confirmation.DryRun,
    }.Runs(RunAsync);

    [CliMemoryTrigger("dead-letters purge")]
    private static Task<int> RunAsync(CommandSession session)
    {
        var box = new LetterBox(session);
        var limit = session.Time.GetUtcNow() - (session.Get(OlderThan) ?? TimeSpan.Zero);
        IReadOnlyList<DeadLetter> chosen = session.Get(LetterBox.OptionalId) is { } id
            ? [box.Get(id)]
            : [.. box.List().Select(static pair => pair.Letter)];
        chosen = [.. chosen.Where(letter => letter.At <= limit)];
        if (session.Get(Confirmation.DryRun))
        {
            session.Output.Write(new JsonObject { ["would_purge"] = chosen.Count }, screen =>
                screen.Line($"{Cells.NumberText(chosen.Count)} would be thrown away."));
            return Task.FromResult(ExitCodes.Fine);
        }

        if (chosen.Count > 0) Confirmation.Require(session, $"Delete {Cells.NumberText(chosen.Count)} dead letters");
        var purged = box.Store.Remove(chosen);
        session.Output.Write(new JsonObject { ["purged"] = purged }, screen => screen.Line($"{Cells.NumberText(purged)} thrown away."));
        return Task.FromResult(ExitCodes.Fine);
    }
}
