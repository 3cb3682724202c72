using System.CommandLine;
using MemoryTriggers.Cli.Conventions;
using MemoryTriggers.Cli.Invocation;

namespace MemoryTriggers.Cli.Memories;

/// <summary><c>memory update</c></summary>
internal static class UpdateCommand
{
    public static Command Create() =>
        new Command("update", "Changes a memory; what it was before stays in its history. What is not given stays as it is.")
        {
            EntryArgument.Id,
        }.With([.. ChangeOptions.All, Confirmation.DryRun]).Runs(RunAsync);

    [CliMemoryTrigger("memory update")]
    private static async Task<int> RunAsync(CommandSession session)
    {
        if (!ChangeOptions.All.Any(session.IsGiven)) throw new CommandException("Say what is to change.", ExitCodes.WrongUsage);
        await using var store = await session.OpenAsync();
        try
        {
            var memories = session.Get(Confirmation.DryRun) ? store.DryMemories : store.Memories;
            if (!await memories.UpdateAsync(session.Get(EntryArgument.Id), Update(session), session.Token))
                throw EntryArgument.Missing(session);
        }
        catch (InvalidOperationException exception)
        {
            // An earlier version was named.
            throw new CommandException(exception.Message, cause: exception);
        }

        if (session.Get(Confirmation.DryRun)) return DryResult.Write(session, "would_update", store.Dry.Last!);
        var entry = await EntryArgument.GetAsync(session, store);
        session.Output.Write(EntryDocument.Of(entry), screen => EntryView.Show(screen, entry));
        return ExitCodes.Fine;
    }

    private static MemoryUpdate Update(CommandSession session) => new()
    {
        Value = ChangeOptions.ReadValue(session),
        Content = session.Get(ChangeOptions.Content),
        Category = session.Get(ChangeOptions.Category),
        Tags = session.IsGiven(ChangeOptions.Tag) ? session.Get(ChangeOptions.Tag) : null,
        Priority = ChangeOptions.ReadPriority(session),
        QualityScore = session.Get(ChangeOptions.Quality),
        TimeToLive = session.Get(ChangeOptions.TimeToLive),
        Module = "memory-triggers",
    };
}
