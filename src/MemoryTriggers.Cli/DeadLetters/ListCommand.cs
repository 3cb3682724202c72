using System.CommandLine;
using System.Text.Json.Nodes;
using MemoryTriggers.Cli.Conventions;
using MemoryTriggers.Cli.Invocation;
using MemoryTriggers.Cli.Output;
using Spectre.Console;

namespace MemoryTriggers.Cli.DeadLetters;

/// <summary><c>dead-letters list</c></summary>
internal static class ListCommand
{
    public static Command Create() =>
        new Command("list",
            "Lists the records that could not be stored, oldest first, with the reasons; with --project those of that project.")
            .Runs(RunAsync);

    [CliMemoryTrigger("dead-letters list")]
    private static Task<int> RunAsync(CommandSession session)
    {
        var box = new LetterBox(session);
        var all = box.Store.List().Count;
        var letters = box.List().ToList();
        session.Output.Write(new JsonArray([.. letters.Select(static pair => LetterDocument.Of(pair.Letter, pair.Memory))]), screen =>
        {
            var table = Tables.Of("id", "at (UTC)", "project", "replays", "reason", "memory");
            foreach (var (letter, memory) in letters)
                table.AddRow(Cells.Text(letter.Id), Cells.Time(letter.At), Cells.Text(memory?.Project ?? letter.Project ?? ""),
                    Cells.Number(letter.Replays), Cells.Text(letter.Reason), Cells.Text(memory?.Content ?? "cannot be read"));
            if (letters.Count == 0) screen.Line("No dead letters.");
            else screen.Write(table);
        });
        if (box.Store.Count - all is > 0 and var unreadable)
            CommandOutput.Remark($"{unreadable} more cannot be read: see {session.Folder.DeadLetters}.");
        if (box.Store.Problem is { } problem) CommandOutput.Remark(problem);
        return Task.FromResult(ExitCodes.Fine);
    }
}
