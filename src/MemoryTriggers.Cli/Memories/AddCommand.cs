using System.CommandLine;
using System.Text.Json.Nodes;
using MemoryTriggers.Cli.Conventions;
using MemoryTriggers.Cli.Invocation;
using MemoryTriggers.Cli.Output;

namespace MemoryTriggers.Cli.Memories;

/// <summary><c>memory add</c></summary>
internal static class AddCommand
{
    private static readonly Argument<string> Key = new("key") { Description = "A name to find it by." };
    private static readonly Option<string?> EntityType = new("--entity-type")
    {
        Description = "What kind of thing it is about.",
        HelpName = "type",
    };
    private static readonly Option<string?> EntityId = new("--entity-id") { Description = "Which one of them.", HelpName = "id" };

    private static readonly Option<string?> Session = new("--session") { Description = "The session it is of.", HelpName = "id" };

    public static Command Create() => new Command("add", "Keeps a memory.")
    {
        Key,
    }.With([.. ChangeOptions.All, EntityType, EntityId, Session, Confirmation.DryRun]).Runs(RunAsync);

    [CliMemoryTrigger("memory add")]
    private static async Task<int> RunAsync(CommandSession session)
    {
        await using var store = await session.OpenAsync();
        if (session.Get(Confirmation.DryRun))
        {
            await store.DryMemories.CreateAsync(Draft(session), session.Token);
            return DryResult.Write(session, "would_add", store.Dry.Last!);
        }

        var id = await store.Memories.CreateAsync(Draft(session), session.Token);
        session.Output.Write(new JsonObject { ["id"] = id.ToString() }, screen => screen.Line(id.ToString()));
        return ExitCodes.Fine;
    }

    private static MemoryDraft Draft(CommandSession session) => new()
    {
        Key = session.Get(Key) is { Length: > 0 } key ? key : throw new CommandException("A memory has a key.", ExitCodes.WrongUsage),
        Value = ChangeOptions.ReadValue(session) ?? default,
        Content = session.Get(ChangeOptions.Content),
        Category = session.Get(ChangeOptions.Category) ?? MemoryCategories.Project,
        Tags = session.Get(ChangeOptions.Tag) ?? [],
        Priority = ChangeOptions.ReadPriority(session) ?? TriggerPriority.Medium,
        QualityScore = session.Get(ChangeOptions.Quality),
        TimeToLive = session.Get(ChangeOptions.TimeToLive),
        EntityType = session.Get(EntityType),
        EntityId = session.Get(EntityId),
        SessionId = session.Get(Session) is { Length: > 0 } named ? named : null,
        Source = "cli",
        Module = "memory-triggers",
    };
}
