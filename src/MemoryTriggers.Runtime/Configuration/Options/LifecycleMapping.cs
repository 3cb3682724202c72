using MemoryTriggers.Retention;

namespace MemoryTriggers.Configuration;

/// <summary>From <c>lifecycle</c> and <c>backend.encryption_*</c> to retention and to how values stand in the store.</summary>
internal static class LifecycleMapping
{
    private const int SmallestCompressed = 256;

    public static void Apply(MemoryConfiguration configuration, MemoryTriggersOptions options)
    {
        Retention(configuration.Lifecycle, options);
        var (lifecycle, backend, protection) = (configuration.Lifecycle, configuration.Backend, options.Protection);
        if (backend is { EncryptionEnabled: true, EncryptionKeyPath: { } path }) protection.KeyFile = path;
        if (!lifecycle.CompressionEnabled) return;
        if (lifecycle.CompressionAfterDays == 0) protection.CompressAbove = SmallestCompressed;
        else protection.CompressAfter = TimeSpan.FromDays(lifecycle.CompressionAfterDays);
    }

    private static void Retention(LifecycleSettings lifecycle, MemoryTriggersOptions options)
    {
        var retention = options.Retention;
        var archived = lifecycle.ArchivalEnabled ? TimeSpan.FromDays(lifecycle.ArchiveAfterDays) : TimeSpan.MaxValue;
        retention.Enabled = lifecycle.AutoCleanupEnabled;
        retention.Default = Days(lifecycle.DefaultRetentionDays);
        retention.Important = Days(lifecycle.ImportantMemoryRetentionDays);
        retention.Categories[MemoryCategories.Error] = Days(lifecycle.ErrorMemoryRetentionDays);
        retention.Categories[MemoryCategories.Pattern] = Days(lifecycle.WorkflowMemoryRetentionDays);
        retention.Interval = TimeSpan.FromHours(lifecycle.CleanupIntervalHours);
        retention.BatchSize = Math.Min(lifecycle.CleanupBatchSize, MemoryQuery.MaxLimit);
        retention.MinQuality = lifecycle.QualityBasedCleanup ? lifecycle.MinQualityForRetention : 0;
        if (lifecycle.ArchivalEnabled) retention.ArchiveDirectory = Path.Combine(Path.GetFullPath(options.DataDirectory), "archive", lifecycle.ArchiveBackend ?? "");
        if (lifecycle is { MigrationEnabled: true, MigrationSchedule: { } schedule }) retention.Schedule = CronSchedule.Parse(schedule);

        // What is in the archive leaves the store.
        TimeSpan Days(int days) => TimeSpan.FromDays(days) < archived ? TimeSpan.FromDays(days) : archived;
    }
}
