using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Errors;

internal static partial class Log
{
    [LoggerMessage(4501, LogLevel.Information, "Error {Fingerprint} was seen {Count} times before, last at {LastSeen}: {Resolution}")]
    public static partial void Recalled(ILogger logger, string fingerprint, long count, DateTimeOffset lastSeen, string resolution);

    [LoggerMessage(4503, LogLevel.Information,
        "The errors known to earlier processes could not be read; reading is tried again: {Problem}")]
    public static partial void NotLoaded(ILogger logger, string problem);

    [LoggerMessage(4504, LogLevel.Warning, "The links of a stored memory to errors could not be changed: {Problem}")]
    public static partial void NotAmended(ILogger logger, string problem);

    [LoggerMessage(4502, LogLevel.Debug, "{Failures} failures and {Links} links of other processes are known")]
    public static partial void Loaded(ILogger logger, int failures, int links);
}
