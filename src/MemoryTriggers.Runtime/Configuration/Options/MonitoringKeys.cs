namespace MemoryTriggers.Configuration;

/// <summary>The section <c>monitoring</c>; what concerns log lines is read where they are written.</summary>
internal static class MonitoringKeys
{
    public static IReadOnlyList<OptionKey> All { get; } =
    [
        Of("health_check_enabled", static operations => operations.HealthCheckEnabled,
            static (operations, isOn) => operations.HealthCheckEnabled = isOn, static settings => settings.HealthCheckEnabled),
        Of("health_check_interval", static operations => operations.HealthCheckInterval,
            static (operations, time) => operations.HealthCheckInterval = time,
            static settings => TimeSpan.FromSeconds(settings.HealthCheckInterval)),
        Of("health_check_timeout", static operations => operations.HealthCheckTimeout,
            static (operations, time) => operations.HealthCheckTimeout = time,
            static settings => TimeSpan.FromSeconds(settings.HealthCheckTimeout)),
        Of("metrics_enabled", static operations => operations.Figures.Enabled,
            static (operations, isOn) => operations.Figures.Enabled = isOn, static settings => settings.MetricsEnabled),
        Of("metrics_collection_interval", static operations => operations.Figures.Interval,
            static (operations, time) => operations.Figures.Interval = time, Interval),
        // Alerts look back as far as figures do: "between two collections" of the reference.
        Of("metrics_collection_interval", static operations => operations.Alerts.Window,
            static (operations, time) => operations.Alerts.Window = time, Interval),
        Of("metrics_retention_days", static operations => operations.Figures.KeptDays,
            static (operations, days) => operations.Figures.KeptDays = days, static settings => settings.MetricsRetentionDays),
        Of("log_performance_metrics", static operations => operations.Figures.Log,
            static (operations, isOn) => operations.Figures.Log = isOn, static settings => settings.LogPerformanceMetrics),
        Of("alerting_enabled", static operations => operations.Alerts.Enabled,
            static (operations, isOn) => operations.Alerts.Enabled = isOn, static settings => settings.AlertingEnabled),
        Of("error_rate_threshold", static operations => operations.Alerts.ErrorRate,
            static (operations, share) => operations.Alerts.ErrorRate = share, static settings => settings.ErrorRateThreshold),
        Of("error_alert_threshold", static operations => operations.Alerts.Failures,
            static (operations, count) => operations.Alerts.Failures = count, static settings => settings.ErrorAlertThreshold),
        Of("performance_alert_threshold", static operations => operations.Alerts.AverageTime,
            static (operations, time) => operations.Alerts.AverageTime = time,
            static settings => settings.PerformanceAlertThreshold is { } seconds ? TimeSpan.FromSeconds(seconds) : null),
        Of("alert_channels", static operations => operations.Alerts.Log, static (operations, isOn) => operations.Alerts.Log = isOn,
            static settings => settings.AlertChannels.Count == 0),
        Of<IReadOnlyList<string>>("alert_channels", static operations => [.. operations.Alerts.Loggers], Name,
            static settings => settings.AlertChannels),
    ];

    private static TimeSpan Interval(MonitoringSettings settings) => TimeSpan.FromSeconds(settings.MetricsCollectionInterval);

    private static void Name(OperationsOptions operations, IReadOnlyList<string> loggers)
    {
        operations.Alerts.Loggers.Clear();
        foreach (var logger in loggers) operations.Alerts.Loggers.Add(logger);
    }

    private static OptionKey Of<T>(
        string key, Func<OperationsOptions, T> get, Action<OperationsOptions, T> set, Func<MonitoringSettings, T> value) =>
        OptionKey.Of($"monitoring.{key}", options => get(options.Operations), (options, wanted) => set(options.Operations, wanted),
            all => value(all.Monitoring), isLive: true);
}
