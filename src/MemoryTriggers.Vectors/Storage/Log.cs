using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Vectors;

internal static partial class Log
{
    [LoggerMessage(4601, LogLevel.Information, "Search by meaning: {Count} vectors of {Model}")]
    public static partial void Opened(ILogger logger, int count, string model);

    [LoggerMessage(4602, LogLevel.Information, "The vectors are computed again: they were of {Before}, and the model is {Now}")]
    public static partial void ModelChanged(ILogger logger, string before, string now);

    [LoggerMessage(4603, LogLevel.Warning, "Vectors could not be computed; next try in {Wait}: {Problem}")]
    public static partial void NotMade(ILogger logger, TimeSpan wait, string problem);

    [LoggerMessage(4604, LogLevel.Warning, "A query was answered by full-text search only: {Problem}")]
    public static partial void ByWordsOnly(ILogger logger, string problem);

    [LoggerMessage(4605, LogLevel.Warning, "The vector file cannot be used; vectors are kept in memory only: {Problem}")]
    public static partial void InMemoryOnly(ILogger logger, string problem);
}
