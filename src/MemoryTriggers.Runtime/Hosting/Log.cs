using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Hosting;

internal static partial class Log
{
    [LoggerMessage(5001, LogLevel.Information, "Memory triggers are on; data in {Directory}, store {Backend}")]
    public static partial void Started(ILogger logger, string directory, string backend);

    [LoggerMessage(5002, LogLevel.Warning, "Nothing can be written to {Directory} ({Reason}). The program runs, and memories are kept in " +
        "memory only: they end with this process")]
    public static partial void InMemoryOnly(ILogger logger, string directory, string reason);

    [LoggerMessage(5003, LogLevel.Warning,
        "The store {Backend} cannot be opened ({Reason}). Memories wait in the journal, and opening is tried again")]
    public static partial void BackendNotReady(ILogger logger, string backend, string reason);

    [LoggerMessage(5009, LogLevel.Warning,
        "The store {Backend} is not open after {Timeout}. The program starts, memories wait in the journal, and opening goes on")]
    public static partial void BackendSlow(ILogger logger, string backend, TimeSpan timeout);

    [LoggerMessage(5004, LogLevel.Information,
        "Memory triggers were on already in this process; from now on memories of flows that belong " +
        "to no service go to {Directory}")]
    public static partial void StartedTwice(ILogger logger, string directory);

    [LoggerMessage(5005, LogLevel.Information, "Stored {Count} records that an ended process had left in {Journal}")]
    public static partial void Adopted(ILogger logger, long count, string journal);

    [LoggerMessage(5006, LogLevel.Warning, "The journal {Journal} of an ended process cannot be adopted now")]
    public static partial void AdoptionFailed(ILogger logger, string journal, Exception exception);

    [LoggerMessage(5007, LogLevel.Warning,
        "{Count} records were still pending when the time to stop was up; they stay in the journal and are stored after the next start")]
    public static partial void StoppedWithPending(ILogger logger, long count);

    [LoggerMessage(5008, LogLevel.Error, "The stage {Stage} did not stop cleanly; the others are stopped all the same")]
    public static partial void StageNotStopped(ILogger logger, string stage, Exception? exception);

    [LoggerMessage(5010, LogLevel.Warning,
        "Memories were deleted, and their delivered records are still in the journal ({Reason}); they go when it is closed")]
    public static partial void JournalNotCleared(ILogger logger, string reason);
}
