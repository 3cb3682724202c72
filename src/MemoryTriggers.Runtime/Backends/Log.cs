using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Backends;

internal static partial class Log
{
    [LoggerMessage(4000, LogLevel.Information, "SQLite {Version} opened {Path}, schema {Schema}")]
    public static partial void DatabaseOpened(ILogger logger, string version, string path, long schema);

    [LoggerMessage(4001, LogLevel.Warning,
        "The database was damaged. It was moved to {Path}, and {Count} memories were saved from it into a new one")]
    public static partial void DatabaseDamaged(ILogger logger, string path, long count);

    [LoggerMessage(4002, LogLevel.Warning, "The final checkpoint was left to the next start: {Reason}")]
    public static partial void CheckpointSkipped(ILogger logger, string reason);

    [LoggerMessage(4003, LogLevel.Warning, "{Path} was replaced or removed while it was open; what is there now is opened instead")]
    public static partial void FileReplaced(ILogger logger, string path);
}
