using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Backends.JsonFile;

internal static partial class Log
{
    [LoggerMessage(4201, LogLevel.Error, "{Path} is damaged and was moved to {Aside}; the store starts empty: {Problem}")]
    public static partial void FileDamaged(ILogger logger, string path, string aside, string problem);

    [LoggerMessage(4202, LogLevel.Warning,
        "{Path} has more than {Count} memories, and is written whole with every batch: SQLite would be the better store")]
    public static partial void FileLarge(ILogger logger, string path, int count);
}
