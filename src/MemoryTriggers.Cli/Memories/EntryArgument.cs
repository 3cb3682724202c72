using System.CommandLine;
using MemoryTriggers.Cli.Conventions;
using MemoryTriggers.Cli.Invocation;
using MemoryTriggers.Cli.Stores;

namespace MemoryTriggers.Cli.Memories;

/// <summary>The memory that a command is about.</summary>
internal static class EntryArgument
{
    public static readonly Argument<Guid> Id = new("id") { Description = "The id of the memory." };

    /// <exception cref="CommandException">There is no such memory.</exception>
    public static async Task<MemoryEntry> GetAsync(CommandSession session, OpenStore store) =>
        await store.Backend.GetAsync(session.Get(Id), session.Token) ?? throw Missing(session);

    public static CommandException Missing(CommandSession session) => new($"There is no memory {session.Get(Id)}.");
}
