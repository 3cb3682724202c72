using Microsoft.Extensions.Logging;

namespace MemoryTriggers.DataFile;

internal static partial class Log
{
    [LoggerMessage(4701, LogLevel.Information, "LiteDB opened {Path}")]
    public static partial void DatabaseOpened(ILogger logger, string path);

    [LoggerMessage(4702, LogLevel.Warning, "{Path} is damaged ({Reason})")]
    public static partial void DamageFound(ILogger logger, string path, string reason);

    [LoggerMessage(4703, LogLevel.Warning,
        "The database was damaged. It was moved to {Path}, and {Count} memories were saved from it into a new one")]
    public static partial void DatabaseDamaged(ILogger logger, string path, long count);

    [LoggerMessage(4706, LogLevel.Warning,
        "The journal ended in pages that are not whole. It was copied to {Path}, and what comes before them is used")]
    public static partial void JournalDamaged(ILogger logger, string path);

    [LoggerMessage(4704, LogLevel.Warning, "{Path} was replaced or removed while it was open; what is there now is opened instead")]
    public static partial void FileReplaced(ILogger logger, string path);

    [LoggerMessage(4705, LogLevel.Warning, "The final checkpoint is postponed to the next start: {Reason}")]
    public static partial void CheckpointSkipped(ILogger logger, string reason);
}
