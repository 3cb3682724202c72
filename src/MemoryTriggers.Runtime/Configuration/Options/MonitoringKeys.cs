namespace MemoryTriggers.Configuration;

/// <summary>
/// Keys of the section <c>monitoring</c> that set two options each; what concerns log lines is read where they are written.
/// </summary>
internal static class MonitoringKeys
{
    public static IReadOnlyList<OptionKey> All { get; } =
    [
        Of("metrics_collection_interval", static operations => operations.MetricsHistory.Interval,
            static (operations, time) => operations.MetricsHistory.Interval = time, Interval),
        // Alerts look back as far as the metrics history does: "between two collections" of the reference.
        Of("metrics_collection_interval", static operations => operations.Alerts.Window,
            static (operations, time) => operations.Alerts.Window = time, Interval),
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
