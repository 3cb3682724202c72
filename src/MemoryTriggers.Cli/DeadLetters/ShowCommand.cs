using System.CommandLine;
using MemoryTriggers.Cli.Conventions;
using MemoryTriggers.Cli.Invocation;
using MemoryTriggers.Cli.Memories;
using MemoryTriggers.Cli.Output;

namespace MemoryTriggers.Cli.DeadLetters;

/// <summary><c>dead-letters show</c></summary>
internal static class ShowCommand
{
    public static Command Create() => new Command("show", "Shows a dead letter, and the memory that it would be.")
    {
        LetterBox.Id,
    }.Runs(RunAsync);

    [CliMemoryTrigger("dead-letters show")]
    private static Task<int> RunAsync(CommandSession session)
    {
        var box = new LetterBox(session);
        var letter = box.Get(session.Get(LetterBox.Id));
        var memory = box.Compose(letter);
        session.Output.Write(LetterDocument.Of(letter, memory), screen =>
        {
            screen.Write(Tables.Pairs(("dead letter", letter.Id), ("reason", letter.Reason), ("at (UTC)", Cells.TimeText(letter.At)),
                ("replays", Cells.NumberText(letter.Replays)), ("record", Cells.BytesText(letter.Record.Length))));
            if (memory is not null) EntryView.Show(screen, memory);
        });
        return Task.FromResult(ExitCodes.Fine);
    }
}
