using Microsoft.Extensions.Logging;

namespace MemoryTriggers.WorkQueue;

internal static partial class Log
{
    [LoggerMessage(4120, LogLevel.Information, "Others could not be told of work in the queue {Queue}; they see it when they look next")]
    public static partial void NotTold(ILogger logger, string queue);
}
