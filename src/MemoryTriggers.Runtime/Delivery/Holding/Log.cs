using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Delivery.Holding;

internal static partial class Log
{
    [LoggerMessage(3801, LogLevel.Error, "The held records in {Path} cannot be read; the file was set aside as {Aside}")]
    public static partial void SetAside(ILogger logger, string path, string aside, Exception exception);

    [LoggerMessage(3802, LogLevel.Error, "Held records could not be released; it is tried again")]
    public static partial void ReleaseFailed(ILogger logger, Exception exception);

    [LoggerMessage(3803, LogLevel.Error, "The held records in {Path} cannot be read for now: {Error}")]
    public static partial void NotOpened(ILogger logger, string path, string error);
}
