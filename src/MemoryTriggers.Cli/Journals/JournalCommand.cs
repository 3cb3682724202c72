using System.CommandLine;

namespace MemoryTriggers.Cli.Journals;

/// <summary><c>journal</c></summary>
internal static class JournalCommand
{
    public static Command Create() => new("journal", "Inspects the journals, in which records wait for the store.")
    {
        InspectCommand.Create(),
        VerifyCommand.Create(),
    };
}
