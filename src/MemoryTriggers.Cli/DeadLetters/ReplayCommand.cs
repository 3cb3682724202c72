using System.CommandLine;
using System.Text.Json.Nodes;
using MemoryTriggers.Cli.Conventions;
using MemoryTriggers.Cli.Invocation;
using MemoryTriggers.Cli.Output;

namespace MemoryTriggers.Cli.DeadLetters;

/// <summary><c>dead-letters replay</c></summary>
internal static class ReplayCommand
{
    public static Command Create() => new Command("replay", "Tries to store dead letters again, with --project those of that project. " +
        "Stored letters are removed; letters that are refused again stay, with the new reason. Letters of earlier versions, which have " +
        "no project, get that of --project. Exits with 1 when some stay.")
    {
        LetterBox.OptionalId, Confirmation.DryRun,
    }.Runs(RunAsync);

    [CliMemoryTrigger("dead-letters replay")]
    private static async Task<int> RunAsync(CommandSession session)
    {
        var box = new LetterBox(session);
        var id = session.Get(LetterBox.OptionalId);
        var count = id is null ? box.List().Count() : 1;
        if (id is not null) box.Get(id);
        if (session.Get(Confirmation.DryRun))
        {
            session.Output.Write(new JsonObject { ["would_replay"] = count }, screen =>
                screen.Line($"{Cells.NumberText(count)} would be replayed."));
            return ExitCodes.Fine;
        }

        await using var store = await session.OpenAsync();
        var replay = await ProgressBar.RunAsync(session.Output, "replaying", count, progress => box.ReplayAsync(store, id, progress));
        session.Output.Write(
            new JsonObject { ["stored"] = replay.Stored, ["refused"] = replay.Refused },
            screen => screen.Line($"{Cells.NumberText(replay.Stored)} stored, {Cells.NumberText(replay.Refused)} refused."));
        return replay.Refused > 0 ? ExitCodes.Failed : ExitCodes.Fine;
    }
}
