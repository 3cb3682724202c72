using MemoryTriggers.Files;

namespace MemoryTriggers.Configuration;

/// <summary>The second layer: rules across keys.</summary>
internal static class CrossKeyRules
{
    public static void Check(ConfigurationFindings found)
    {
        var configuration = found.Configuration;
        Performance(found, configuration.Performance, configuration.Features);
        Backend(found, configuration.Backend);
        Lifecycle(found, configuration.Lifecycle, configuration.Retention.Enabled);
        Monitoring(found, configuration.Monitoring, configuration.Operations);
        Journal(found, configuration.Journal);
        Others(found, configuration);
        TriggerPolicyRules.Check(found);
        found.Info(
            configuration.MaxMemoryOperationsPerSecond < configuration.Performance.RateLimitPerSecond ||
            configuration.MaxMemoryOperationsPerSecond > configuration.Performance.RateLimitPerSecond,
            "max_memory_operations_per_second",
            "differs from 'performance.rate_limit_per_second'", "the smaller one counts");
    }

    private static void Performance(ConfigurationFindings found, PerformanceSettings performance, FeatureSettings features)
    {
        const string Reason = "cannot be off: capturing never waits for the store, and nothing would store what it captured";
        found.Error(
            !performance.BackgroundProcessingEnabled, "performance.background_processing_enabled", Reason,
            "leave it out; for calls that must be safe when they return, use MemoryDurability.Synced");
        found.Error(
            !features.BackgroundProcessing, "features.background_processing", Reason,
            "leave it out; for calls that must be safe when they return, use MemoryDurability.Synced");
        found.Info(
            found.IsSaid("performance.create_timeout") && performance.CreateTimeout > found.Configuration.Backend.WriteTimeout,
            "performance.create_timeout", "is longer than 'backend.write_timeout'", "the shorter one counts");
    }

    private static void Backend(ConfigurationFindings found, BackendSettings backend)
    {
        found.Error(
            backend.BackendType == "redis", "backend.backend_type", "cannot be redis: there is no such store",
            "use 'local' on one machine, or 'postgresql' for many");
        found.Error(
            backend.Details.BackupEnabled, "backend.backend_settings.backup_enabled", "cannot be on: the store makes no backups",
            "use the backup of SQLite (sqlite3 memory.db '.backup ...') or of the file system");
        var variable = found.Configuration.Protection.EncryptionKeyEnv;
        found.Error(
            backend.EncryptionEnabled && backend.EncryptionKeyPath is null && variable is null, "backend.encryption_enabled", "needs a key",
            "name its file in 'backend.encryption_key_path'");
        found.Warning(
            backend.EncryptionKeyPath is not null && variable is not null, "protection.encryption_key_env",
            "does nothing while 'backend.encryption_key_path' names a file", "leave one of them out");
        found.Info(
            !backend.EncryptionEnabled && variable is not null, "protection.encryption_key_env",
            "counts only with 'backend.encryption_enabled: true'", "turn encryption on, or leave this out");
        found.Warning(
            backend.FailoverEnabled && backend.FailoverBackends.Count == 0, "backend.failover_enabled", "has no store to turn to",
            "name one in 'backend.failover_backends'");
        found.Warning(
            backend.FailoverEnabled && backend.FailoverBackends.Contains(backend.BackendType), "backend.failover_backends",
            $"names '{backend.BackendType}', which is the first store already", "leave it out");
        found.Info(
            backend.FailoverEnabled && backend.FailoverBackends.Contains("redis"), "backend.failover_backends",
            "names redis, which is passed over: there is no such store", "leave it out");
        found.Info(
            !backend.FailoverEnabled && backend.FailoverBackends.Count > 0, "backend.failover_backends",
            "counts only with 'failover_enabled: true'", "turn failover on, or leave this out");
        found.Info(
            !backend.PoolEnabled && backend.PoolSize > 1 && found.IsSaid("backend.pool_size"), "backend.pool_size",
            "counts only with 'pool_enabled: true'", "turn the pool on, or leave this out");
        var shared = new[] { (backend.Details.ShareBreakers, "share_breakers"), (backend.Details.ShareRateLimits, "share_rate_limits") };
        foreach (var (isOn, key) in shared)
            found.Warning(
                isOn && backend.BackendType != "postgresql", $"backend.backend_settings.{key}",
                "counts only with 'backend_type: postgresql'", "leave it out");
        Secrets(found, backend);
    }

    private static void Secrets(ConfigurationFindings found, BackendSettings backend)
    {
        const string Key = "backend.backend_settings.api_key";
        var place = found.OriginOf(Key);
        found.Warning(
            backend.Details.ApiKey is not null && place.Line > 0, Key, "is in a file",
            "keep the key in an environment variable, and name that in 'api_key_env'");
        if (backend.Details.ApiKey is not null && place.Line > 0 && SettingFile.OtherReaders(place.Source) is { } others)
            found.Error(true, Key, $"is in a file that {others} may read", $"chmod 600 {place.Source}");
        if (backend.EncryptionKeyPath is not { } given) return;
        var path = DataDirectory.PathOf(found.Configuration.DataDirectory ?? DataDirectory.Default, given);
        if (SettingFile.OtherReaders(path) is { } readers)
            found.Error(true, "backend.encryption_key_path", $"names a file that {readers} may read", $"chmod 600 {path}");
    }

    private static void Others(ConfigurationFindings found, ConfigurationSnapshot configuration)
    {
        found.Warning(
            configuration.Recall is { ContentWeight: 0, KeyWeight: 0, TagsWeight: 0 }, "recall.content_weight",
            "and the other weights are 0: a search finds nothing", "leave one above 0");
        found.Warning(
            configuration.Categories.Count > 0 && !configuration.Retention.Enabled, "retention.categories",
            "count only with 'lifecycle.auto_cleanup_enabled: true'", "turn the cleanup on, or leave them out");
        found.Info(
            !configuration.Hooks.Enabled && (!configuration.Hooks.CaptureOnSuccess || !configuration.Hooks.CaptureOnError), "hooks.enabled",
            "is off, and the other keys of 'hooks' do nothing", "turn it on, or leave them out");
        found.Warning(
            configuration.Hooks is { Enabled: true, CaptureOnSuccess: false, CaptureOnError: false }, "hooks.enabled",
            "is on, and nothing is remembered", "turn on 'capture_on_success' or 'capture_on_error'");
    }

    private static void Lifecycle(ConfigurationFindings found, LifecycleSettings lifecycle, bool isCleaning)
    {
        found.Warning(
            lifecycle.ImportantMemoryRetentionDays < lifecycle.DefaultRetentionDays, "lifecycle.important_memory_retention_days",
            "is less than 'default_retention_days': important memories would go first", "keep them at least as long");
        var periods = new[] { "default", "important_memory", "error_memory", "workflow_memory" }
            .Any(period => found.IsSaid($"lifecycle.{period}_retention_days"));
        found.Info(
            !isCleaning && periods, "lifecycle", "removes nothing after its periods: 'auto_cleanup_enabled' is off",
            "turn it on, or leave the periods out");
        found.Info(
            !lifecycle.CompressionEnabled && found.IsSaid("lifecycle.compression_after_days"), "lifecycle.compression_after_days",
            "counts only with 'compression_enabled: true'", "turn compression on, or leave this out");
        found.Error(
            lifecycle.MigrationEnabled && lifecycle.MigrationSchedule is null, "lifecycle.migration_enabled", "needs a schedule",
            "add 'migration_schedule', such as \"0 2 * * 0\"");
        found.Warning(
            lifecycle.ArchivalEnabled && lifecycle.ArchiveBackend is null, "lifecycle.archival_enabled", "names no archive",
            "add 'archive_backend'");
        found.Info(
            lifecycle.ArchivalEnabled && lifecycle.ArchiveAfterDays > lifecycle.ImportantMemoryRetentionDays,
            "lifecycle.archive_after_days", "is longer than any memory is kept", "archive earlier");
    }

    private static void Monitoring(ConfigurationFindings found, MonitoringSettings monitoring, OperationsOptions operations)
    {
        found.Warning(
            operations.HealthCheckEnabled && operations.HealthCheckTimeout > operations.HealthCheckInterval,
            "monitoring.health_check_timeout", "is longer than 'health_check_interval'", "wait less, or look less often");
        found.Warning(
            operations.MetricsHistory is { Log: true, Enabled: false }, "monitoring.log_performance_metrics",
            "logs nothing while 'metrics_enabled' is off", "turn it on");
        found.Info(
            operations.Alerts.Enabled && monitoring.AlertChannels.Count == 0 && found.IsSaid("monitoring.alerting_enabled"),
            "monitoring.alerting_enabled", "names no channel: alerts go to the log of the library",
            "name others in 'monitoring.alert_channels'");
        found.Info(
            !operations.Alerts.Enabled && monitoring.AlertChannels.Count > 0, "monitoring.alert_channels",
            "count only with 'alerting_enabled: true'", "turn alerting on, or leave them out");
    }

    private static void Journal(ConfigurationFindings found, JournalOptions journal)
    {
        found.Error(
            journal.MaxRecordBytes * 2L > journal.SegmentBytes, "journal.max_record_kb", "does not fit into half of 'segment_kb'",
            "make files larger, or the largest memory smaller");
        found.Error(
            journal.MaxBytes < journal.SegmentBytes * 4L, "journal.max_mb",
            "has no room for four files of 'segment_kb', one for each priority", "give it more room, or make files smaller");
    }
}
