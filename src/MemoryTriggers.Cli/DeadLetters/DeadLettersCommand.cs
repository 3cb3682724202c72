using System.CommandLine;

namespace MemoryTriggers.Cli.DeadLetters;

/// <summary><c>dead-letters</c></summary>
internal static class DeadLettersCommand
{
    public static Command Create() => new("dead-letters", "What could not be stored: looks at it, tries it again, throws it away.")
    {
        ListCommand.Create(), ShowCommand.Create(), ReplayCommand.Create(), PurgeCommand.Create(),
    };
}
