using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Capture;

internal static partial class Log
{
    [LoggerMessage(1001, LogLevel.Warning, "{Assembly} has memory triggers but was not woven: its decorated methods run, and nothing of them is remembered. Build it with the package MemoryTriggers (MSBuild target MemoryTriggersWeave)")]
    public static partial void Unwoven(ILogger logger, string assembly);

    [LoggerMessage(1002, LogLevel.Warning, "The definition of trigger {Operation} could not be written to the journal")]
    public static partial void RegisterFailed(ILogger logger, string operation, Exception exception);
}
