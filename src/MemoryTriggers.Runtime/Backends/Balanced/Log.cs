using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Backends.Balanced;

internal static partial class Log
{
    [LoggerMessage(4111, LogLevel.Warning, "Store {Backend} fails and is passed over until it works again: {Problem}")]
    public static partial void NodeAway(ILogger logger, string backend, string problem);

    [LoggerMessage(4112, LogLevel.Information, "Store {Backend} works again")]
    public static partial void NodeBack(ILogger logger, string backend);
}
