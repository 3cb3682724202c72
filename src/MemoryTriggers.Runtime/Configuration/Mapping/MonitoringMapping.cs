namespace MemoryTriggers.Configuration;

/// <summary>From <c>monitoring</c> to operations; what concerns log lines is read where they are written.</summary>
internal static class MonitoringMapping
{
    /// <summary>Sets all of it.</summary>
    public static void Apply(MonitoringSettings settings, OperationsOptions options) => Set(options, new OperationsOptions(), settings, isAll: true);

    /// <summary>Sets what is still as the first configuration has set it.</summary>
    public static void Change(MonitoringSettings before, MonitoringSettings after, OperationsOptions options)
    {
        var was = new OperationsOptions();
        Apply(before, was);
        Set(options, was, after, isAll: false);
    }

    // Alerts look back as far as figures do: "between two collections" of the reference.
    private static void Set(OperationsOptions options, OperationsOptions was, MonitoringSettings now, bool isAll)
    {
        var (alerts, figures, hadAlerts, hadFigures) = (options.Alerts, options.Figures, was.Alerts, was.Figures);
        var interval = TimeSpan.FromSeconds(now.MetricsCollectionInterval);
        if (isAll || options.HealthCheckEnabled == was.HealthCheckEnabled) options.HealthCheckEnabled = now.HealthCheckEnabled;
        if (isAll || options.HealthCheckInterval == was.HealthCheckInterval) options.HealthCheckInterval = TimeSpan.FromSeconds(now.HealthCheckInterval);
        if (isAll || options.HealthCheckTimeout == was.HealthCheckTimeout) options.HealthCheckTimeout = TimeSpan.FromSeconds(now.HealthCheckTimeout);
        if (isAll || figures.Enabled == hadFigures.Enabled) figures.Enabled = now.MetricsEnabled;
        if (isAll || figures.Interval == hadFigures.Interval) figures.Interval = interval;
        if (isAll || figures.KeptDays == hadFigures.KeptDays) figures.KeptDays = now.MetricsRetentionDays;
        if (isAll || figures.Log == hadFigures.Log) figures.Log = now.LogPerformanceMetrics;
        if (isAll || alerts.Enabled == hadAlerts.Enabled) alerts.Enabled = now.AlertingEnabled;
        if (isAll || alerts.Window == hadAlerts.Window) alerts.Window = interval;
        if (isAll || alerts.ErrorRate == hadAlerts.ErrorRate) alerts.ErrorRate = now.ErrorRateThreshold;
        if (isAll || alerts.Failures == hadAlerts.Failures) alerts.Failures = now.ErrorAlertThreshold;
        if (isAll || alerts.AverageTime == hadAlerts.AverageTime) alerts.AverageTime = TimeSpan.FromSeconds(now.PerformanceAlertThreshold);
        if (!isAll && (!alerts.Loggers.SequenceEqual(hadAlerts.Loggers) || now.AlertChannels.SequenceEqual(hadAlerts.Loggers))) return;
        alerts.Log = now.AlertChannels.Count == 0;
        alerts.Loggers.Clear();
        foreach (var name in now.AlertChannels) alerts.Loggers.Add(name);
    }
}
