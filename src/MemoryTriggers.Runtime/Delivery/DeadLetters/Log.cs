using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Delivery.DeadLetters;

internal static partial class Log
{
    [LoggerMessage(2901, LogLevel.Error, "A record could not be stored and was kept as dead letter {Id}: {Reason}")]
    public static partial void DeadLettered(ILogger logger, string id, string reason);

    [LoggerMessage(2902, LogLevel.Warning, "The dead letter {Id} cannot be read")]
    public static partial void DeadLetterUnreadable(ILogger logger, string id, Exception exception);

    [LoggerMessage(2903, LogLevel.Error, "The dead letters in {File} cannot be read or written")]
    public static partial void DeadLettersUnavailable(ILogger logger, string file, Exception exception);
}
