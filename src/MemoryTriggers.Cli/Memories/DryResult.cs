using System.Text.Json.Nodes;
using MemoryTriggers.Cli.Conventions;
using MemoryTriggers.Cli.Invocation;
using MemoryTriggers.Cli.Output;

namespace MemoryTriggers.Cli.Memories;

/// <summary>The result that a command with <c>--dry-run</c> would have written.</summary>
internal static class DryResult
{
    /// <param name="session">The command.</param>
    /// <param name="name">What it would have done, as programs read it.</param>
    /// <param name="entry">The memory.</param>
    /// <returns>The exit code.</returns>
    public static int Write(CommandSession session, string name, MemoryEntry entry)
    {
        session.Output.Write(
            new JsonObject { [name] = EntryDocument.Of(entry) },
            screen =>
            {
                screen.Line("Nothing was written. The memory would be:");
                EntryView.Show(screen, entry);
            });
        return ExitCodes.Fine;
    }
}
