using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Delivery.Sampling;

internal static partial class Log
{
    [LoggerMessage(2812, LogLevel.Error,
        "Successes of broad triggers cannot be counted in {Path}; until that works each becomes a memory: {Reason}")]
    public static partial void RatesNotKept(ILogger logger, string path, string reason);
}
