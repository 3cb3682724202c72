using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Configuration;

internal static partial class Log
{
    [LoggerMessage(6001, LogLevel.Information, "Configuration: {Changes}")]
    public static partial void Reloaded(ILogger logger, string changes);

    [LoggerMessage(6002, LogLevel.Error, "The changed configuration is refused, and the old one stays: {Problems}")]
    public static partial void Refused(ILogger logger, string problems);

    [LoggerMessage(6003, LogLevel.Warning, "{Issue}")]
    public static partial void Warned(ILogger logger, string issue);

    [LoggerMessage(6004, LogLevel.Information, "These changes take effect at the next start: {Paths}")]
    public static partial void NeedsRestart(ILogger logger, string paths);

    [LoggerMessage(6005, LogLevel.Warning,
        "The configuration has changed, and is not taken over: auto_reload or features.hot_reloading was off at the start")]
    public static partial void NotReloaded(ILogger logger);

    [LoggerMessage(6006, LogLevel.Warning, "The change of the configuration cannot be written to the audit log")]
    public static partial void AuditFailed(ILogger logger, Exception exception);

    [LoggerMessage(6007, LogLevel.Warning, "The changed configuration cannot be taken over")]
    public static partial void ReloadFailed(ILogger logger, Exception exception);

    [LoggerMessage(6008, LogLevel.Warning, "Trigger policy {Policy} denies memories ({Reason}); more of this kind are only counted")]
    public static partial void Denied(ILogger logger, string policy, string reason);

    [LoggerMessage(6009, LogLevel.Warning,
        "The section vectors of the configuration does nothing: reference MemoryTriggers.Vectors, call UseVectors() and register a " +
        "generator of embeddings")]
    public static partial void VectorsIdle(ILogger logger);

    [LoggerMessage(6010, LogLevel.Warning, "{Operation} of {Backend} took {Elapsed}")]
    public static partial void Slow(ILogger logger, string operation, string backend, TimeSpan elapsed);

    [LoggerMessage(6011, LogLevel.Debug, "{Operation} of {Backend}: {Count} memories in {Elapsed}")]
    public static partial void Operation(ILogger logger, string operation, string backend, int count, TimeSpan elapsed);
}
