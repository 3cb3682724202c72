using System.CommandLine;
using System.Text.Json.Nodes;
using MemoryTriggers.Cli.Conventions;
using MemoryTriggers.Cli.Invocation;
using MemoryTriggers.Cli.Output;
using MemoryTriggers.Memories;

namespace MemoryTriggers.Cli.Memories;

/// <summary><c>memory purge</c></summary>
internal static class PurgeCommand
{
    private static readonly Argument<Guid?> Id = new("id")
    {
        Description = "The id of the memory. Without it, all that the options select are purged.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<string?> Archive = new("--archive")
    {
        Description = "The folder of the archive, if there is one.",
        HelpName = "folder",
    };

    public static Command Create() =>
        new Command("purge", "Deletes memories as 'delete' does, and from every other file of the data folder: journals, quarantines, " +
            "files set aside as damaged, dead letters, held records, vectors, archive. Says which copies it cannot reach.")
        {
            Id,
        }
        .With([Archive, .. QueryOptions.Filters, Confirmation.Force]).Runs(RunAsync);

    [CliMemoryTrigger("memory purge")]
    private static async Task<int> RunAsync(CommandSession session)
    {
        var id = session.Get(Id);
        if (id is not null == QueryOptions.AnyFilter(session))
            throw new CommandException("Name either a memory by its id, or which ones by options such as --category or --until.",
                ExitCodes.WrongUsage);

        await using var store = await session.OpenAsync();
        var folder = session.Folder;
        var query = id is null ? QueryOptions.Read(session) : new MemoryQuery { AllProjects = true };
        Confirmation.Require(session, id is null
            ? $"Purge {Cells.NumberText(await store.Backend.CountAsync(query, session.Token))} memories"
            : "Purge the memory");
        var (deleted, unreached) = await new MemoryPurge(
            store.Backend, folder.Path, folder.Journals, folder.Letters(session.Time), session.Project, session.Time)
        {
            Archive = session.Get(Archive) is { } given ? Path.GetFullPath(given, folder.Path) : null,
        }.RunAsync(query, id, session.Token);
        session.Output.Write(
            new JsonObject
            {
                ["deleted"] = deleted,
                ["not_reached"] = new JsonArray([.. unreached.Select(static copy => (JsonNode)copy)]),
            },
            screen =>
            {
                screen.Line($"{Cells.NumberText(deleted)} {(deleted == 1 ? "memory" : "memories")} purged. Not reached:");
                foreach (var copy in unreached) screen.Line($"- {copy}");
            });
        return ExitCodes.Fine;
    }
}
