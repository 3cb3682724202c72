using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Backends.Chain;

internal static partial class Log
{
    [LoggerMessage(4901, LogLevel.Warning, "Store {Backend} cannot be opened yet: {Problem}")]
    public static partial void LinkNotReady(ILogger logger, string backend, string problem);

    [LoggerMessage(4902, LogLevel.Warning, "Store {Backend} did not take {Count} memories, the next one is asked: {Problem}")]
    public static partial void LinkFailed(ILogger logger, string backend, int count, string problem);

    [LoggerMessage(4903, LogLevel.Warning, "Store {Backend} did not answer a question; the answer may lack what it has: {Problem}")]
    public static partial void ReadFailed(ILogger logger, string backend, string problem);

    [LoggerMessage(4904, LogLevel.Warning, "Memories could not go back to {Backend}; it is tried again: {Problem}")]
    public static partial void ReturnFailed(ILogger logger, string backend, string problem);

    [LoggerMessage(4905, LogLevel.Information, "{Count} memories went back from {From} to {To}")]
    public static partial void Returned(ILogger logger, int count, string from, string to);

    [LoggerMessage(4906, LogLevel.Warning, "Store {Backend} refuses memory {Id}, which stays in the store that has it: {Problem}")]
    public static partial void ReturnRefused(ILogger logger, string backend, string id, string problem);
}
