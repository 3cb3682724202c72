namespace MemoryTriggers.Cli.Conventions;

/// <summary>A command failed. The message is shown to the user.</summary>
internal sealed class CommandException(string message, int exitCode = ExitCodes.Failed, Exception? cause = null) : Exception(message, cause)
{
    public int ExitCode { get; } = exitCode;
}
