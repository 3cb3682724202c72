using System.CommandLine;

namespace MemoryTriggers.Cli.Errors;

/// <summary><c>errors</c></summary>
internal static class ErrorsCommand
{
    public static Command Create() => new("errors", "Shows errors, how often they occur, and what resolved them.")
    {
        ListCommand.Create(), ShowCommand.Create(), ResolveCommand.Create(),
    };
}
