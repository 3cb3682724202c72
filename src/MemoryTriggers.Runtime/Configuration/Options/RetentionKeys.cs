using MemoryTriggers.Retention;

namespace MemoryTriggers.Configuration;

/// <summary>How long memories are kept: the sections <c>lifecycle</c> and <c>retention</c>.</summary>
internal static class RetentionKeys
{
    public static IReadOnlyList<OptionKey> All { get; } =
    [
        Of("lifecycle.cleanup_batch_size", static retention => retention.BatchSize, static (retention, size) => retention.BatchSize = size,
            static all => Math.Min(all.Lifecycle.CleanupBatchSize, MemoryQuery.MaxLimit)),
        By(static retention => retention.Default, static (retention, time) => retention.Default = time, static (report, unsaid) =>
            Archived(report, Days(report, "default", static lifecycle => lifecycle.DefaultRetentionDays) ?? unsaid)),
        By(static retention => retention.Important, static (retention, time) => retention.Important = time, static (report, unsaid) =>
            Archived(report, Days(report, "important_memory", static lifecycle => lifecycle.ImportantMemoryRetentionDays) ?? unsaid)),
        By(static retention => new Dictionary<string, TimeSpan?>(retention.Categories), Name, Categories),
        By(static retention => retention.MinQuality, static (retention, quality) => retention.MinQuality = quality, MinQuality),
        By(static retention => retention.ArchiveDirectory, static (retention, folder) => retention.ArchiveDirectory = folder,
            static (report, unsaid) => report.Configuration.Lifecycle is { ArchivalEnabled: true, ArchiveBackend: var name }
                ? Path.Combine("archive", name ?? "") : unsaid),
        By(static retention => retention.Schedule, static (retention, schedule) => retention.Schedule = schedule, static (report, unsaid) =>
            report.Configuration.Lifecycle is { MigrationEnabled: true, MigrationSchedule: { } schedule }
                ? CronSchedule.Parse(schedule) : unsaid),
    ];

    private static double MinQuality(MemoryConfigurationReport report, double unsaid) =>
        !report.Configuration.Lifecycle.QualityBasedCleanup ? 0
        : report.Says("lifecycle.min_quality_for_retention") || report.Says("lifecycle.quality_based_cleanup")
            ? report.Configuration.Lifecycle.MinQualityForRetention : unsaid;

    private static Dictionary<string, TimeSpan?> Categories(MemoryConfigurationReport report, Dictionary<string, TimeSpan?> unsaid)
    {
        var periods = new Dictionary<string, TimeSpan?>(unsaid, StringComparer.Ordinal);
        if (Days(report, "error_memory", static lifecycle => lifecycle.ErrorMemoryRetentionDays) is { } errors)
            periods[MemoryCategories.Error] = errors;
        if (Days(report, "workflow_memory", static lifecycle => lifecycle.WorkflowMemoryRetentionDays) is { } workflows)
            periods[MemoryCategories.Pattern] = workflows;
        foreach (var category in new[] { MemoryCategories.Error, MemoryCategories.Pattern })
        {
            if (periods.TryGetValue(category, out var period) && period is { } time) periods[category] = Archived(report, time);
        }

        foreach (var (category, own) in report.Configuration.Categories)
            periods[category] = own.Days > 0 ? TimeSpan.FromDays(own.Days) : null;
        return periods;
    }

    private static void Name(RetentionOptions retention, Dictionary<string, TimeSpan?> periods)
    {
        foreach (var (category, period) in periods) retention.Categories[category] = period;
    }

    // What is in the archive leaves the store.
    private static TimeSpan Archived(MemoryConfigurationReport report, TimeSpan period) =>
        report.Configuration.Lifecycle is { ArchivalEnabled: true, ArchiveAfterDays: var days } && TimeSpan.FromDays(days) < period
            ? TimeSpan.FromDays(days) : period;

    private static TimeSpan? Days(MemoryConfigurationReport report, string what, Func<LifecycleSettings, int> days) =>
        report.Says($"lifecycle.{what}_retention_days") ? TimeSpan.FromDays(days(report.Configuration.Lifecycle)) : null;

    private static OptionKey Of<T>(
        string key, Func<RetentionOptions, T> get, Action<RetentionOptions, T> set, Func<ConfigurationSnapshot, T> value) =>
        OptionKey.Of(key, options => get(options.Retention), (options, wanted) => set(options.Retention, wanted), value);

    private static OptionKey By<T>(
        Func<RetentionOptions, T> get, Action<RetentionOptions, T> set, Func<MemoryConfigurationReport, T, T> value) =>
        OptionKey.By(options => get(options.Retention), (options, wanted) => set(options.Retention, wanted), value);
}
