using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Problems;

internal static partial class Log
{
    [LoggerMessage(2951, LogLevel.Error, "A problem that stays until it is acknowledged, {Id}: {Problem}")]
    public static partial void Reported(ILogger logger, string id, string problem);
}
