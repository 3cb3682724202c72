namespace MemoryTriggers.Cli.Conventions;

/// <summary>The exit codes of commands.</summary>
internal static class ExitCodes
{
    public const int Fine = 0;

    /// <summary>The command failed.</summary>
    public const int Failed = 1;

    /// <summary>The command line cannot be understood.</summary>
    public const int WrongUsage = 2;

    /// <summary>All checks ran, and at least one failed.</summary>
    public const int Unhealthy = 3;

    /// <summary>Ended by Ctrl-C or SIGTERM, as shells say it.</summary>
    public const int Interrupted = 130;
}
