namespace MemoryTriggers.Cli.Conventions;

/// <summary>What a command ends with.</summary>
internal static class ExitCodes
{
    public const int Fine = 0;

    /// <summary>What was asked for could not be done.</summary>
    public const int Failed = 1;

    /// <summary>The command line cannot be understood.</summary>
    public const int WrongUsage = 2;

    /// <summary>Everything was looked at, and something is not well.</summary>
    public const int Unhealthy = 3;

    /// <summary>Ended by Ctrl-C or SIGTERM, as shells say it.</summary>
    public const int Interrupted = 130;
}
