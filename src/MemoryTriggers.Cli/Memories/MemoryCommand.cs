using System.CommandLine;

namespace MemoryTriggers.Cli.Memories;

/// <summary><c>memory</c></summary>
internal static class MemoryCommand
{
    public static Command Create() => new("memory", "Finds, shows and changes memories.")
    {
        SearchCommand.Create(),
        ListCommand.Create(),
        GetCommand.Create(),
        HistoryCommand.Create(),
        AddCommand.Create(),
        UpdateCommand.Create(),
        DeleteCommand.Create(),
        PurgeCommand.Create(),
        ExportCommand.Create(),
        ImportCommand.Create(),
    };
}
