using Microsoft.Extensions.Logging;

namespace MemoryTriggers.WorkQueue;

internal static partial class Log
{
    [LoggerMessage(4120, LogLevel.Information,
        "Other processes could not be notified of work in the queue {Queue}; they find it at their next poll")]
    public static partial void NotTold(ILogger logger, string queue);
}
