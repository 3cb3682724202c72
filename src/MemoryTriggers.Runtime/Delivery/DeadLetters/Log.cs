using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Delivery.DeadLetters;

internal static partial class Log
{
    [LoggerMessage(2901, LogLevel.Error, "A record could not be stored and was kept as dead letter {Id}: {Reason}")]
    public static partial void DeadLettered(ILogger logger, string id, string reason);

    [LoggerMessage(2902, LogLevel.Warning, "The dead letter {File} cannot be read")]
    public static partial void DeadLetterUnreadable(ILogger logger, string file, Exception exception);
}
