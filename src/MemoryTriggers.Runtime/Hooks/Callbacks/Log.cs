using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Hooks;

internal static partial class Log
{
    [LoggerMessage(8001, LogLevel.Warning, "A callback for {Event} failed or timed out; further failures of it are only counted")]
    public static partial void CallbackFailed(ILogger logger, string @event, Exception? exception);
}
