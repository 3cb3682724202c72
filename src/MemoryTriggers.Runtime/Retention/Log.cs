using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Retention;

internal static partial class Log
{
    [LoggerMessage(4401, LogLevel.Information,
        "The retention pass ended: {Expired} expired, {Retired} past their period, {Archived} of them archived, {Compressed} compressed")]
    public static partial void LookedThrough(ILogger logger, long expired, long retired, long archived, long compressed);

    [LoggerMessage(4402, LogLevel.Information, "The retention pass failed: {Problem}")]
    public static partial void NotLookedThrough(ILogger logger, string problem);

    [LoggerMessage(4403, LogLevel.Warning,
        "The progress of maintenance cannot be written to {Path}; the next start scans the memories again: {Error}")]
    public static partial void MarkNotWritten(ILogger logger, string path, string error);
}
