namespace MemoryTriggers.Cli.Output;

/// <summary>How a command prints what it found.</summary>
internal enum OutputFormat
{
    Table,
    Json,
    Yaml,
}
