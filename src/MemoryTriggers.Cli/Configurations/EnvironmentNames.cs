namespace MemoryTriggers.Cli.Configurations;

/// <summary>The environments that are built in.</summary>
internal static class EnvironmentNames
{
    public static readonly string[] All = ["development", "testing", "staging", "production"];
}
