using System.Diagnostics.Metrics;
using MemoryTriggers.Circuits;
using MemoryTriggers.Validation;
using Microsoft.Extensions.Options;

namespace MemoryTriggers;

/// <summary>How the service looks after itself, and what it tells an operator. docs/operations.md describes it.</summary>
public sealed class OperationsOptions
{
    /// <summary>
    /// Whether the store is asked regularly whether it works; recovery begins with that. <value><see langword="true"/></value>
    /// </summary>
    [Setting("Asks the store regularly how it is, logs when that changes, and tries to bring it back.", Section = "monitoring")]
    public bool HealthCheckEnabled { get; set; } = true;

    /// <summary>How often the store is asked whether it works, 1 s to an hour. <value>30 s</value></summary>
    [Setting("Seconds between two looks.", Section = "monitoring", Unit = SettingUnit.WholeSeconds)]
    [TimeSpanRange("00:00:01", "01:00:00")]
    public TimeSpan HealthCheckInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long it may take to answer that, 10 ms to 5 minutes. <value>5 s</value></summary>
    [Setting("Seconds that the store may take to say how it is.", Section = "monitoring", Unit = SettingUnit.WholeSeconds)]
    [TimeSpanRange("00:00:00.0100000", "00:05:00")]
    public TimeSpan HealthCheckTimeout { get; set; } = CallLimit.HealthCheck;

    /// <summary>
    /// How long the start waits for the store, 0 to 1 minute. A store that is not open by then is opened in the background; memories wait
    /// in the journal meanwhile. <value>2 s</value>
    /// </summary>
    [Setting(
        "Seconds that the start waits for the store; then it is opened in the background.",
        Unit = SettingUnit.Seconds, NeedsRestart = true)]
    [TimeSpanRange("00:00:00", "00:01:00")]
    public TimeSpan StartTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How long getting, listing or counting memories may take, repetitions included, 10 ms to 10 minutes. This is the one limit of such a
    /// read: what takes longer is given up, and the store has failed. <value>5 s</value>
    /// </summary>
    [TimeSpanRange("00:00:00.0100000", "00:10:00")]
    public TimeSpan ReadTimeout { get; set; } = CallLimit.Read;

    /// <summary>The same for searches. <value>That of <see cref="ReadTimeout"/></value></summary>
    [TimeSpanRange("00:00:00.0100000", "00:10:00")]
    public TimeSpan? SearchTimeout { get; set; }

    /// <summary>Whether the service tries to bring a store back by itself. <value><see langword="true"/></value></summary>
    [Setting("Tries to bring back a store that is away; health checks start it.", NeedsRestart = true)]
    public bool AutomaticRecovery { get; set; } = true;

    /// <summary>How often counts are sampled for alerts and trends, 100 ms to 10 minutes. <value>5 s</value></summary>
    [Setting(
        "Milliseconds between two samples of the counts, for alerts and trends.",
        Name = "watch_interval_ms", Unit = SettingUnit.Milliseconds, NeedsRestart = true)]
    [TimeSpanRange("00:00:00.1000000", "00:10:00")]
    public TimeSpan WatchInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// The circuit breaker of the store. A chain has one for each store, with settings of its own:
    /// <see cref="BackendChainOptions.CircuitBreaker"/>.
    /// </summary>
    [ValidateObjectMembers]
    public CircuitBreakerOptions CircuitBreaker { get; set; } = new();

    /// <summary>When a trend is worth a warning.</summary>
    [ValidateObjectMembers]
    public FailurePredictionOptions Prediction { get; set; } = new();

    /// <summary>The conditions of alerts, and their channels.</summary>
    [ValidateObjectMembers]
    public AlertOptions Alerts { get; set; } = new();

    /// <summary>The history of metrics on disk.</summary>
    [ValidateObjectMembers]
    public MetricsHistoryOptions MetricsHistory { get; set; } = new();

    /// <summary>The host's, where there is one.</summary>
    internal IMeterFactory? Meters { get; set; }
}
