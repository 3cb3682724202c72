using System.ComponentModel.DataAnnotations;
using MemoryTriggers.Validation;

namespace MemoryTriggers.Configuration;

/// <summary>The section <c>monitoring</c>: what is measured, logged and told. Immutable.</summary>
internal sealed record MonitoringSettings
{
    /// <summary>How often, 1 to 3,600 s. <value>60 s</value></summary>
    [Setting("Seconds between two collections, and how far alerts look back.")]
    [Range(1, 3_600)]
    public int MetricsCollectionInterval { get; init; } = 60;

    /// <summary>Whether operations of the store are timed. <value>false</value></summary>
    [Setting("Warns of slow operations of the store.")]
    public bool PerformanceMonitoringEnabled { get; init; }

    /// <summary>From when on one is slow, 1 to 60,000 ms. <value>1,000 ms</value></summary>
    [Setting("Milliseconds from which on an operation is slow.")]
    [Range(1, 60_000)]
    public int SlowOperationThresholdMs { get; init; } = 1_000;

    /// <summary>From which level on the library logs. <value>That of the program's own logging</value></summary>
    [Setting("The least level that the library logs, besides what the program's own logging leaves out.")]
    [AllowedValues("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")]
    public string? LogLevel { get; init; }

    /// <summary>Whether each operation of the store is logged. <value>false</value></summary>
    [Setting("Logs each operation of the store at the level DEBUG, without what it is about.")]
    public bool LogMemoryOperations { get; init; }

    /// <summary>Whether log lines have their values beside them. <value>true</value></summary>
    [Setting("Log lines carry their values as properties; `false`: only as text.")]
    public bool StructuredLogging { get; init; } = true;

    /// <summary>Where they go. <value>To the log of the library</value></summary>
    [Setting("Where alerts go: each name is a logger `MemoryTriggers.Alerts.<name>`, for the program's logging to send on.")]
    public IReadOnlyList<string> AlertChannels { get; init; } = [];
}
