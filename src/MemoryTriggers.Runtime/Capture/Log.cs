using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Capture;

internal static partial class Log
{
    [LoggerMessage(1001, LogLevel.Warning, "{Assembly} has memory triggers but was not woven: its decorated methods run, and nothing of " +
        "them is remembered. Build it with the package MemoryTriggers (MSBuild target MemoryTriggersWeave)")]
    public static partial void Unwoven(ILogger logger, string assembly);

    [LoggerMessage(1003, LogLevel.Warning, "A hot reload changed {Type}: those of its decorated methods that were edited run, and " +
        "nothing of them is remembered until the next build")]
    public static partial void Reloaded(ILogger logger, string type);

    [LoggerMessage(1002, LogLevel.Warning, "The definition of trigger {Operation} could not be written to the journal")]
    public static partial void RegisterFailed(ILogger logger, string operation, Exception exception);

    [LoggerMessage(1005, LogLevel.Warning, "A decorated method or a scope that began before the stop ended after it: its memory is lost, " +
        "because nothing takes it any more. Further ones are not logged")]
    public static partial void Late(ILogger logger);

    [LoggerMessage(1004, LogLevel.Error,
        "A call that asked for its memory to be forced to disk returned without it after {Wait}; further ones are only counted")]
    public static partial void Unsynced(ILogger logger, TimeSpan wait, Exception? exception);
}
