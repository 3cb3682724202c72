using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Delivery.Holding;

internal static partial class Log
{
    [LoggerMessage(3802, LogLevel.Error, "Held records could not be released; it is tried again")]
    public static partial void ReleaseFailed(ILogger logger, Exception exception);
}
