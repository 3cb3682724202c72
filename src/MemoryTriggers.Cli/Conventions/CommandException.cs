namespace MemoryTriggers.Cli.Conventions;

/// <summary>A command cannot do what it was asked. The message is for whoever typed it.</summary>
internal sealed class CommandException(string message, int exitCode = ExitCodes.Failed, Exception? cause = null) : Exception(message, cause)
{
    public int ExitCode { get; } = exitCode;
}
