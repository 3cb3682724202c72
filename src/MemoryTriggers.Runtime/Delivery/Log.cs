using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Delivery;

internal static partial class Log
{
    [LoggerMessage(2801, LogLevel.Warning, "Storing in {Backend} failed (attempt {Attempt}); next try in {Delay}")]
    public static partial void StoreFailed(ILogger logger, string backend, int attempt, TimeSpan delay, Exception? exception);

    [LoggerMessage(2802, LogLevel.Warning,
        "{Backend} does not store a batch of {Count} records; it is split to find the one that is the cause")]
    public static partial void BatchSplit(ILogger logger, string backend, int count, Exception exception);

    [LoggerMessage(2804, LogLevel.Warning,
        "{Backend} does not change the parent of a memory whose parent is none; unless it refuses that, it is tried with the next batch")]
    public static partial void ParentNotChanged(ILogger logger, string backend, Exception exception);

    [LoggerMessage(2805, LogLevel.Warning, "Two memories of one failure cannot be joined; both are kept")]
    public static partial void NotJoined(ILogger logger, Exception exception);

    [LoggerMessage(2803, LogLevel.Error, "The pump failed and goes on after a pause; nothing was acknowledged")]
    public static partial void PumpFailed(ILogger logger, Exception exception);

    [LoggerMessage(2813, LogLevel.Error, "Dead letters whose trigger is registered now could not be stored; it is tried again")]
    public static partial void ReturnFailed(ILogger logger, Exception exception);
}
