using System.ComponentModel.DataAnnotations;
using MemoryTriggers.Validation;

namespace MemoryTriggers.Configuration;

/// <summary>The section <c>monitoring</c>: what is measured, logged and told. Immutable.</summary>
internal sealed record MonitoringSettings
{
    /// <summary>Whether figures are collected. <value>false</value></summary>
    [Setting("Collects figures into a file for each day, under `metrics` in the data folder.")]
    public bool MetricsEnabled { get; init; }

    /// <summary>How often, 1 to 3,600 s. <value>60 s</value></summary>
    [Setting("Seconds between two collections, and how far alerts look back.")]
    [Range(1, 3_600)]
    public int MetricsCollectionInterval { get; init; } = 60;

    /// <summary>How long the files are kept, 1 to 365 days. <value>30</value></summary>
    [Setting("Days that these files are kept.")]
    [Range(1, 365)]
    public int MetricsRetentionDays { get; init; } = 30;

    /// <summary>Whether operations of the store are timed. <value>false</value></summary>
    [Setting("Warns of slow operations of the store.")]
    public bool PerformanceMonitoringEnabled { get; init; }

    /// <summary>From when on one is slow, 1 to 60,000 ms. <value>1,000 ms</value></summary>
    [Setting("Milliseconds from which on an operation is slow.")]
    [Range(1, 60_000)]
    public int SlowOperationThresholdMs { get; init; } = 1_000;

    /// <summary>Which share of failed operations is too many, 0 to 1. <value>0.1</value></summary>
    [Setting("The share of failed operations that is too many: of the last 100, health says so; within `metrics_collection_interval`, it is an alert.")]
    [Range(0.0, 1.0)]
    public double ErrorRateThreshold { get; init; } = 0.1;

    /// <summary>Whether health is looked at regularly. <value>true</value></summary>
    [Setting("Asks the store regularly how it is, logs when that changes, and tries to bring it back.")]
    public bool HealthCheckEnabled { get; init; } = true;

    /// <summary>How often, 1 to 3,600 s. <value>30 s</value></summary>
    [Setting("Seconds between two looks.")]
    [Range(1, 3_600)]
    public int HealthCheckInterval { get; init; } = 30;

    /// <summary>How long the store may take to answer, 1 to 300 s. <value>5 s</value></summary>
    [Setting("Seconds that the store may take to say how it is.")]
    [Range(1, 300)]
    public int HealthCheckTimeout { get; init; } = 5;

    /// <summary>From which level on the library logs. <value>That of the program's own logging</value></summary>
    [Setting("The least level that the library logs, besides what the program's own logging leaves out.")]
    [AllowedValues("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")]
    public string? LogLevel { get; init; }

    /// <summary>Whether each operation of the store is logged. <value>false</value></summary>
    [Setting("Logs each operation of the store at the level DEBUG, without what it is about.")]
    public bool LogMemoryOperations { get; init; }

    /// <summary>Whether the figures are logged when they are collected. <value>false</value></summary>
    [Setting("Logs the figures when they are collected.")]
    public bool LogPerformanceMetrics { get; init; }

    /// <summary>Whether log lines have their values beside them. <value>true</value></summary>
    [Setting("Log lines carry their values as properties; `false`: only as text.")]
    public bool StructuredLogging { get; init; } = true;

    /// <summary>Whether alerts are raised. <value>true</value></summary>
    [Setting("Raises alerts ([operations.md](operations.md)).")]
    public bool AlertingEnabled { get; init; } = true;

    /// <summary>Where they go. <value>To the log of the library</value></summary>
    [Setting("Where alerts go: each name is a logger `MemoryTriggers.Alerts.<name>`, for the program's logging to send on.")]
    public IReadOnlyList<string> AlertChannels { get; init; } = [];

    /// <summary>How many failed operations between two collections raise an alert, 1 to 1,000. <value>No number does</value></summary>
    [Setting("Failed operations within `metrics_collection_interval` that raise an alert.")]
    [Range(1, 1_000)]
    public int? ErrorAlertThreshold { get; init; }

    /// <summary>Which average latency between two collections raises an alert, 0.1 to 100 s. <value>None does</value></summary>
    [Setting("Seconds that operations take on average, within `metrics_collection_interval`, that raise an alert.")]
    [Range(0.1, 100.0)]
    public double? PerformanceAlertThreshold { get; init; }
}
