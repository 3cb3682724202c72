using System.CommandLine;
using System.Text.Json.Nodes;
using MemoryTriggers.Cli.Conventions;
using MemoryTriggers.Cli.Invocation;
using MemoryTriggers.Cli.Output;
using MemoryTriggers.Cli.Stores;

namespace MemoryTriggers.Cli.Memories;

/// <summary><c>memory delete</c></summary>
internal static class DeleteCommand
{
    private static readonly Argument<Guid?> Id = new("id")
    {
        Description = "The id of the memory. Without it, all that the options select are deleted.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public static Command Create() =>
        new Command("delete", "Deletes a memory with its earlier versions, or all memories that the options select.")
        {
            Id,
        }
        .With([.. QueryOptions.Filters, Confirmation.Force, Confirmation.DryRun]).Runs(RunAsync);

    [CliMemoryTrigger("memory delete")]
    private static async Task<int> RunAsync(CommandSession session)
    {
        var id = session.Get(Id);
        if (id is not null == QueryOptions.AnyFilter(session))
            throw new CommandException("Name either a memory by its id, or which ones by options such as --category or --until.",
                ExitCodes.WrongUsage);

        await using var store = await session.OpenAsync();
        var deleted = id is { } one ? await DeleteOneAsync(session, store, one) : await DeleteManyAsync(session, store);
        var isDry = session.Get(Confirmation.DryRun);
        session.Output.Write(
            new JsonObject { [isDry ? "would_delete" : "deleted"] = deleted },
            screen => screen.Line($"{Cells.NumberText(deleted)} {(deleted == 1 ? "memory" : "memories")} " +
                $"{(isDry ? "would be deleted" : "deleted")}."));
        return ExitCodes.Fine;
    }

    private static async Task<long> DeleteOneAsync(CommandSession session, OpenStore store, Guid id)
    {
        var entry = await EntryArgument.GetAsync(session, store, id);
        if (session.Get(Confirmation.DryRun)) return 1;
        Confirmation.Require(session, $"Delete '{SafeText.Of(entry.Content)}'");
        return await store.Memories.DeleteAsync(id, session.Token) ? 1 : 0;
    }

    private static async Task<long> DeleteManyAsync(CommandSession session, OpenStore store)
    {
        var query = QueryOptions.Read(session);
        var count = await store.Backend.CountAsync(query, session.Token);
        if (count == 0 || session.Get(Confirmation.DryRun)) return count;
        Confirmation.Require(session, $"Delete {Cells.NumberText(count)} memories");
        return await store.Memories.DeleteManyAsync(query, session.Token);
    }
}
