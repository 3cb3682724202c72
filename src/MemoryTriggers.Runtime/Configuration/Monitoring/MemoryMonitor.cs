using System.Globalization;
using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Configuration;

/// <summary>Collects figures, looks at health and raises alerts, as often as the section <c>monitoring</c> says.</summary>
internal sealed class MemoryMonitor(
    LiveConfiguration live, OperationFigures operations, FigureFiles files, Func<CancellationToken, Task<MemoryTriggersHealth>> health, ILoggerFactory loggers, TimeProvider time)
{
    private readonly ILogger<MemoryMonitor> _logger = loggers.CreateLogger<MemoryMonitor>();
    private (long Operations, long Failures, TimeSpan Time) _before;
    private bool _isWell = true;

    public Task RunAsync(CancellationToken cancellationToken) => Task.WhenAll(
        LoopAsync(static monitoring => monitoring.MetricsCollectionInterval, CollectAsync, cancellationToken),
        LoopAsync(static monitoring => monitoring.HealthCheckInterval, LookAsync, cancellationToken));

    /// <summary>Collects figures once, and raises the alerts that they call for.</summary>
    public async Task CollectAsync(CancellationToken cancellationToken)
    {
        var monitoring = live.Current.Monitoring;
        var totals = operations.Totals;
        var (count, failures, elapsed) = (totals.Operations - _before.Operations, totals.Failures - _before.Failures, totals.Time - _before.Time);
        _before = totals;
        var latency = count == 0 ? 0 : elapsed.TotalSeconds / count;
        if (monitoring.AlertingEnabled)
        {
            if (failures >= monitoring.ErrorAlertThreshold) Alert(monitoring, "errors", FormattableString.Invariant($"{failures} operations of the store failed since the last look"));
            if (latency >= monitoring.PerformanceAlertThreshold) Alert(monitoring, "performance", FormattableString.Invariant($"operations of the store take {latency:0.###} s"));
        }

        if (!monitoring.MetricsEnabled) return;
        var now = await health(cancellationToken).ConfigureAwait(false);
        List<(string Name, double Value)> figures =
        [
            ("accepted", now.Accepted), ("stored", now.Stored), ("denied", now.Denied), ("dead_lettered", now.DeadLettered), ("pending", now.Pending),
            ("held", now.Held), ("evicted", now.Evicted), ("dropped", now.Dropped.Values.Sum()), ("cache_hits", now.CacheHits), ("cache_misses", now.CacheMisses),
            ("operations", count), ("failed_operations", failures), ("average_seconds", latency), ("error_rate", operations.ErrorRate),
        ];
        files.Add(figures, monitoring.MetricsRetentionDays);
        if (monitoring.LogPerformanceMetrics) Log.Figures(_logger, string.Join(", ", figures.Select(static figure => string.Create(CultureInfo.InvariantCulture, $"{figure.Name} {figure.Value:0.###}"))));
    }

    /// <summary>Looks at health once, and tells when it has changed.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        if (!live.Current.Monitoring.HealthCheckEnabled) return;
        var now = await health(cancellationToken).ConfigureAwait(false);
        if (now.IsHealthy == _isWell) return;
        _isWell = now.IsHealthy;
        if (_isWell) Log.WellAgain(_logger);
        else Log.Unwell(_logger, string.Join("; ", now.Problems));
    }

    private void Alert(MonitoringSettings monitoring, string kind, string message)
    {
        if (monitoring.AlertChannels.Count == 0) Log.Alert(_logger, kind, message);
        foreach (var channel in monitoring.AlertChannels) Log.Alert(loggers.CreateLogger($"MemoryTriggers.Alerts.{channel}"), kind, message);
    }

    private async Task LoopAsync(Func<MonitoringSettings, int> interval, Func<CancellationToken, Task> act, CancellationToken cancellationToken)
    {
        using var quiet = TriggerHub.SuppressCapture();
        while (!cancellationToken.IsCancellationRequested)
        {
            await Task.Delay(TimeSpan.FromSeconds(interval(live.Current.Monitoring)), time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (cancellationToken.IsCancellationRequested) return;
            try
            {
                await act(cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                // Pump boundary: what watches must not end for what it sees.
                Log.MonitorFailed(_logger, exception);
            }
        }
    }
}
