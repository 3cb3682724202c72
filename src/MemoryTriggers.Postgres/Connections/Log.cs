using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Postgres.Connections;

internal static partial class Log
{
    [LoggerMessage(4100, LogLevel.Information, "PostgreSQL {Version}, schema {Schema} of version {SchemaVersion}")]
    public static partial void Opened(ILogger logger, string version, string schema, int schemaVersion);

    [LoggerMessage(4101, LogLevel.Information, "Created the partition {Partition}")]
    public static partial void PartitionMade(ILogger logger, string partition);

    [LoggerMessage(4102, LogLevel.Warning,
        "A partition cannot be created now ({Reason}); its rows go to the default partition, and are moved later")]
    public static partial void PartitionNotMade(ILogger logger, string reason);

    [LoggerMessage(4103, LogLevel.Information, "Dropped the partition {Partition}: all of it is older than {Retention}")]
    public static partial void PartitionDropped(ILogger logger, string partition, TimeSpan retention);

    [LoggerMessage(4104, LogLevel.Warning, "The job {Job} is postponed to the next run: {Reason}")]
    public static partial void JobFailed(ILogger logger, string job, string reason);

    [LoggerMessage(4105, LogLevel.Warning, "Notifications of other processes are not received ({Reason}); trying again")]
    public static partial void ListenerLost(ILogger logger, string reason);

    [LoggerMessage(4106, LogLevel.Information, "Notifications of other processes are received again")]
    public static partial void ListenerBack(ILogger logger);

    [LoggerMessage(4107, LogLevel.Information, "Without pg_trgm, words whose first letters are wrong are not found: {Reason}")]
    public static partial void NoTrigrams(ILogger logger, string reason);
}
