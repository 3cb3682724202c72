using System.CommandLine;

namespace MemoryTriggers.Cli.DeadLetters;

/// <summary><c>dead-letters</c></summary>
internal static class DeadLettersCommand
{
    public static Command Create() => new("dead-letters", "Lists, replays and purges records that could not be stored.")
    {
        ListCommand.Create(), ShowCommand.Create(), ReplayCommand.Create(), PurgeCommand.Create(),
    };
}
