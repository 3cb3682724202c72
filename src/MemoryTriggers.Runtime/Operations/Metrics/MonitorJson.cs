namespace MemoryTriggers.Operations;

/// <summary>The checks of health and the alerts with the keys of the reference.</summary>
internal sealed class MonitorJson(MemoryMetrics metrics)
{
    public long TotalChecks => metrics.HealthChecks;

    public long SuccessfulChecks => metrics.SuccessfulHealthChecks;

    public long FailedChecks => metrics.HealthChecks - metrics.SuccessfulHealthChecks;

    public int TotalBackends => metrics.CircuitBreakers.Count;

    public int HealthyBackends => metrics.CircuitBreakers.Count(static circuit => circuit.State == CircuitState.Closed);

    public int UnhealthyBackends => metrics.CircuitBreakers.Count(static circuit => circuit.State != CircuitState.Closed);

    public double HealthCheckInterval => metrics.HealthCheckInterval.TotalSeconds;

    public double OverallUptime => metrics.UptimePercentage;

    public int ActiveAlerts => metrics.ActiveAlerts.Count;

    public long AlertsGenerated => metrics.AlertsRaised;

    public long AlertsResolved => metrics.AlertsRaised - metrics.ActiveAlerts.Count;

    public DateTimeOffset MonitoringStartTime => metrics.StartedAt;

    public double MonitoringDuration => (metrics.Timestamp - metrics.StartedAt).TotalSeconds;

    public DateTimeOffset? LastCheck => metrics.LastHealthCheck;
}
