using System.CommandLine;

namespace MemoryTriggers.Cli.Errors;

/// <summary><c>errors</c></summary>
internal static class ErrorsCommand
{
    public static Command Create() => new("errors", "What fails, how often, and what resolved it.")
    {
        ListCommand.Create(), ShowCommand.Create(), ResolveCommand.Create(),
    };
}
