using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Operations;

internal static partial class Log
{
    [LoggerMessage(7101, LogLevel.Warning, "The store {Backend} is unhealthy: {Description}")]
    public static partial void StoreUnwell(ILogger logger, string backend, string description);

    [LoggerMessage(7102, LogLevel.Information, "The store {Backend} is healthy again")]
    public static partial void StoreWell(ILogger logger, string backend);

    [LoggerMessage(7103, LogLevel.Error, "A check of the counts failed; the next one still runs")]
    public static partial void LookFailed(ILogger logger, Exception exception);

    [LoggerMessage(7104, LogLevel.Information, "Metrics: {Metrics}")]
    public static partial void MetricsHistory(ILogger logger, string metrics);

    [LoggerMessage(7105, LogLevel.Warning, "The status of this process is not in {Path}, and tools do not see it: {Reason}")]
    public static partial void StatusNotWritten(ILogger logger, string path, string reason);

    [LoggerMessage(EventId = 7201, Message = "Recovery by {Strategy}, store works: {Success}; {Detail}")]
    public static partial void RecoveryTried(ILogger logger, LogLevel level, string strategy, bool success, string detail);

    [LoggerMessage(7301, LogLevel.Warning, "Alert {Kind}: {Message} ({Id})")]
    public static partial void AlertRaised(ILogger logger, string kind, string message, string id);

    [LoggerMessage(7302, LogLevel.Information, "Alert {Kind} is over after {Duration} ({Id})")]
    public static partial void AlertResolved(ILogger logger, string kind, TimeSpan duration, string id);

    [LoggerMessage(7303, LogLevel.Warning, "Alert {Kind} could not be sent by {Channel}: {Error}")]
    public static partial void AlertNotSent(ILogger logger, string kind, string channel, string error);

    [LoggerMessage(7304, LogLevel.Warning, "Alert {Kind} is dropped: too many wait to be sent")]
    public static partial void AlertLeftOut(ILogger logger, string kind);

    [LoggerMessage(7401, LogLevel.Warning, "The shared state cannot be reached; this process uses its own circuits and limits: {Reason}")]
    public static partial void SharingLost(ILogger logger, string reason);

    [LoggerMessage(7402, LogLevel.Information, "The shared state can be reached again")]
    public static partial void SharingBack(ILogger logger);
}
