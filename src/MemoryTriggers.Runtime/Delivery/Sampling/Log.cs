using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Delivery.Sampling;

internal static partial class Log
{
    [LoggerMessage(2811, LogLevel.Error,
        "The counts of operations in {Path} are damaged and were set aside as {Aside}; counting begins again.")]
    public static partial void RatesSetAside(ILogger logger, string path, string aside, Exception exception);

    [LoggerMessage(2812, LogLevel.Error,
        "Successes of broad triggers cannot be counted in {Path}; until that works each becomes a memory: {Reason}")]
    public static partial void RatesNotKept(ILogger logger, string path, string reason);
}
