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
        "{Backend} does not change the parents of what ran inside an operation that became no memory of its own; they point at none")]
    public static partial void ParentNotChanged(ILogger logger, string backend, Exception exception);

    [LoggerMessage(2803, LogLevel.Error, "The pump failed and goes on after a pause; nothing was acknowledged")]
    public static partial void PumpFailed(ILogger logger, Exception exception);
}
