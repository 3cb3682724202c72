using System.CommandLine;
using MemoryTriggers.Cli.Conventions;
using MemoryTriggers.Cli.Invocation;
using MemoryTriggers.Cli.Stores;
using MemoryTriggers.Recall;

namespace MemoryTriggers.Cli.Memories;

/// <summary>The memory that a command is about.</summary>
internal static class EntryArgument
{
    public static readonly Argument<Guid> Id = new("id") { Description = "The id of the memory." };

    /// <exception cref="CommandException">There is no such memory.</exception>
    public static async Task<MemoryEntry> GetAsync(CommandSession session, OpenStore store) =>
        await GetAsync(session, store, session.Get(Id));

    /// <exception cref="CommandException">There is no such memory in the project and of the user.</exception>
    public static async Task<MemoryEntry> GetAsync(CommandSession session, OpenStore store, Guid id) =>
        await store.Backend.GetAsync(id, session.Token) is { } entry && MemoryRecallScope.Sees(session.Scope, entry)
            ? entry
            : throw new CommandException($"There is no memory {id}.");

    public static CommandException Missing(CommandSession session) => new($"There is no memory {session.Get(Id)}.");
}
