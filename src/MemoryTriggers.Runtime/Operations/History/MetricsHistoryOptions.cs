using System.ComponentModel.DataAnnotations;
using MemoryTriggers.Validation;

namespace MemoryTriggers;

/// <summary>
/// Metrics that are kept beside the memories: a file for each day, a JSON object a line, under <c>metrics</c> in the data folder.
/// </summary>
public sealed class MetricsHistoryOptions
{
    /// <summary>Whether metrics are collected. <value><see langword="false"/></value></summary>
    [Setting("Collects metrics into a file for each day, under `metrics` in the data folder.", Name = "metrics_enabled")]
    public bool Enabled { get; set; }

    /// <summary>How often, 1 s to an hour. <value>1 minute</value></summary>
    [TimeSpanRange("00:00:01", "01:00:00")]
    public TimeSpan Interval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How many days the files are kept, 1 to 365. <value>30</value></summary>
    [Setting("Days that these files are kept.", Name = "metrics_retention_days")]
    [Range(1, 365)]
    public int KeptDays { get; set; } = 30;

    /// <summary>Whether they are logged as well. <value><see langword="false"/></value></summary>
    [Setting("Logs the metrics when they are collected.", Name = "log_performance_metrics")]
    public bool Log { get; set; }
}
