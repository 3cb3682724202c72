using System.ComponentModel.DataAnnotations;
using MemoryTriggers.Validation;

namespace MemoryTriggers;

/// <summary>The conditions of alerts, and their channels.</summary>
public sealed class AlertOptions
{
    /// <summary>Whether there are alerts. <value><see langword="true"/></value></summary>
    [Setting("Raises alerts ([operations.md](operations.md)).", Section = "monitoring", Name = "alerting_enabled")]
    public bool Enabled { get; set; } = true;

    /// <summary>Whether alerts are written to the log. <value><see langword="true"/></value></summary>
    public bool Log { get; set; } = true;

    /// <summary>
    /// Names of loggers <c>MemoryTriggers.Alerts.&lt;name&gt;</c> to which alerts are written, for the program's logging to send on.
    /// <value>None</value>
    /// </summary>
    public IList<string> Loggers { get; } = [];

    /// <summary>
    /// Where alerts are posted as JSON, by http or https, without user name, password and fragment. The start fails when the host is not
    /// among <see cref="PoliciesOptions.WebhookHosts"/>. <value>Nowhere</value>
    /// </summary>
    [Setting(
        "Where alerts are posted as JSON; the host has to be among `policies.webhook_hosts`.", Form = "address", NeedsRestart = true)]
    [HttpAddress]
    public Uri? Webhook { get; set; }

    /// <summary>Channels in code; with a host, <c>AddAlertChannel</c> adds to them. <value>None</value></summary>
    public IList<IAlertChannel> Channels { get; } = [];

    /// <summary>The window over which calls of the store and drops are counted, 1 s to an hour. <value>1 minute</value></summary>
    [TimeSpanRange("00:00:01", "01:00:00")]
    public TimeSpan Window { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>The share of failed calls in <see cref="Window"/> above which it is an alert, 0 to 1. <value>0.1</value></summary>
    [Setting(
        "The share of failed operations that is too many: of the last 100, health says so; within `metrics_collection_interval`, it is " +
        "an alert.", Section = "monitoring", Name = "error_rate_threshold")]
    [Range(0.0, 1.0)]
    public double ErrorRate { get; set; } = 0.1;

    /// <summary>
    /// How many failed calls in <see cref="Window"/> are an alert whatever their share, 1 to 1,000,000. <value>No number is</value>
    /// </summary>
    [Setting(
        "Failed operations within `metrics_collection_interval` that raise an alert.",
        Section = "monitoring", Name = "error_alert_threshold", Most = 1_000)]
    [Range(1, 1_000_000)]
    public int? Failures { get; set; }

    /// <summary>How long calls may take on average in <see cref="Window"/>, 1 ms to an hour. <value>As long as they like</value></summary>
    [Setting(
        "Seconds that operations take on average, within `metrics_collection_interval`, that raise an alert.",
        Section = "monitoring", Name = "performance_alert_threshold", Unit = SettingUnit.Seconds, Least = 0.1, Most = 100)]
    [TimeSpanRange("00:00:00.0010000", "01:00:00")]
    public TimeSpan? AverageTime { get; set; }

    /// <summary>How many calls there must be before their share of failures says something, 1 to 1,000,000. <value>10</value></summary>
    [Setting("Calls that there must be before their share of failures counts.", NeedsRestart = true)]
    [Range(1, 1_000_000)]
    public int MinimumCalls { get; set; } = 10;

    /// <summary>From which time on a call of the store is slow, 1 ms to an hour. <value>5 s</value></summary>
    [Setting("Seconds from which on a call of the store is slow.", Unit = SettingUnit.Seconds, NeedsRestart = true)]
    [TimeSpanRange("00:00:00.0010000", "01:00:00")]
    public TimeSpan SlowOperation { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How many slow calls in <see cref="Window"/> are an alert, 1 to 1,000,000. <value>1</value></summary>
    [Setting("Slow calls within `monitoring.metrics_collection_interval` that raise an alert.", NeedsRestart = true)]
    [Range(1, 1_000_000)]
    public int SlowOperations { get; set; } = 1;

    /// <summary>How long a record may wait for the store, 1 s to 30 days. <value>5 minutes</value></summary>
    [Setting("Seconds that a memory may wait for the store.", Unit = SettingUnit.WholeSeconds, NeedsRestart = true)]
    [TimeSpanRange("00:00:01", "30.00:00:00")]
    public TimeSpan QueueAge { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How many bytes must be free on the disk of the data folder, 0 or more; 0 is no limit. <value>512 MiB</value></summary>
    [Setting(
        "Megabytes that must be free on the disk of the data folder; 0 is no limit.",
        Name = "free_disk_mb", Unit = SettingUnit.Megabytes, Most = 1 << 30, NeedsRestart = true)]
    [Range(0, long.MaxValue)]
    public long FreeDiskBytes { get; set; } = 512L * 1024 * 1024;

    /// <summary>How many records may be lost in <see cref="Window"/>, 0 or more. <value>0</value></summary>
    [Setting(
        "Memories that may be lost within `monitoring.metrics_collection_interval`.", Most = 1_000_000_000, NeedsRestart = true)]
    [Range(0, long.MaxValue)]
    public long Drops { get; set; }

    /// <summary>How many looks in a row must find nothing before an alert is over, 1 to 1,000. <value>3</value></summary>
    [Setting("Checks in a row that must find nothing before an alert is over.", NeedsRestart = true)]
    [Range(1, 1_000)]
    public int ResolveAfter { get; set; } = 3;

    /// <summary>How long one attempt to send an alert may take, 10 ms to 5 minutes. <value>10 s</value></summary>
    [Setting("Seconds that one attempt to send an alert may take.", Unit = SettingUnit.Seconds, NeedsRestart = true)]
    [TimeSpanRange("00:00:00.0100000", "00:05:00")]
    public TimeSpan SendTimeout { get; set; } = TimeSpan.FromSeconds(10);
}
