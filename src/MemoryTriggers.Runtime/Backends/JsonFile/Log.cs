using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Backends.JsonFile;

internal static partial class Log
{
    [LoggerMessage(4201, LogLevel.Error, "{Path} is damaged and was moved to {Aside}; the store starts empty: {Problem}")]
    public static partial void FileDamaged(ILogger logger, string path, string aside, string problem);

    [LoggerMessage(4202, LogLevel.Warning,
        "{Path} has more than {Count} memories, and is written whole with every batch: SQLite would be the better store")]
    public static partial void FileLarge(ILogger logger, string path, int count);

    [LoggerMessage(4203, LogLevel.Error,
        "{Count} entries of {Path} cannot be read; it is copied before it is written without them. The first: {Problem}")]
    public static partial void EntriesUnreadable(ILogger logger, string path, int count, string problem);
}
