using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Protection;

internal static partial class Log
{
    [LoggerMessage(4301, LogLevel.Warning, "The key file {Path} can be read by others than its owner; chmod 600 it")]
    public static partial void KeyFileOpen(ILogger logger, string path);
}
