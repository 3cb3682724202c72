namespace MemoryTriggers.Configuration;

/// <summary>From the configuration to the options of the runtime.</summary>
internal static class OptionsMapping
{
    private const int Kilobyte = 1024;
    private const long Megabyte = 1024L * Kilobyte;
    private const int MaxReaders = 64;

    public static void Apply(MemoryConfiguration configuration, MemoryTriggersOptions options)
    {
        options.DataDirectory = configuration.DataDirectory ?? options.DataDirectory;
        options.Project = configuration.Project ?? options.Project;
        Journal(configuration.Journal, options.Journal);
        LiveMapping.Apply(configuration, options);
        LifecycleMapping.Apply(configuration, options);
        RecallMapping.Apply(configuration.Recall, options.Recall);
        HookMapping.Apply(configuration.Hooks, options.Hooks);
        ErrorMapping.Apply(configuration.Errors, options.AutoRecall);
        CircuitBreakerMapping.Apply(configuration.CircuitBreaker, options.Operations.CircuitBreaker);
        DuplicateMapping.Apply(configuration.Duplicates, options.Duplicates);
        ProtectionMapping.Apply(configuration.Protection, configuration.Backend.EncryptionEnabled, options.Protection);
        RetentionMapping.Apply(configuration.Retention, options.Retention);
        options.AutoRecall.Enabled = configuration.Features.AutoRecall;
        Cache(configuration.Performance, options.ReadCache);
        Sqlite(configuration.Backend, options.Sqlite);
        Policies(configuration, options.Policies);
        var delivery = configuration.Delivery;
        options.Delivery.BatchBytes = delivery.BatchKb * Kilobyte;
        options.Delivery.BatchAge = TimeSpan.FromMilliseconds(delivery.BatchAgeMs);
        options.Delivery.AutoTune = delivery.AutoTune;
        options.Delivery.MaxRetryDelay = TimeSpan.FromSeconds(delivery.MaxRetryDelay);
        options.Delivery.ShutdownTimeout = TimeSpan.FromSeconds(delivery.ShutdownTimeout);
        options.Delivery.RetryDelay = AtLeast(TimeSpan.FromSeconds(configuration.Backend.RetryDelay), TimeSpan.FromMilliseconds(1));
    }

    private static void Journal(JournalSettings settings, JournalOptions options)
    {
        options.Directory = settings.Directory ?? options.Directory;
        options.SegmentBytes = settings.SegmentKb * Kilobyte;
        options.MaxBytes = settings.MaxMb * Megabyte;
        options.SpillBytes = settings.SpillMb * Megabyte;
        options.MaxRecordBytes = settings.MaxRecordKb * Kilobyte;
        options.OverflowWait = TimeSpan.FromMilliseconds(settings.OverflowWaitMs);
        options.SyncInterval = TimeSpan.FromMilliseconds(settings.SyncIntervalMs);
        options.SyncWait = TimeSpan.FromMilliseconds(settings.SyncWaitMs);
        options.QuarantineBytes = settings.QuarantineMb * Megabyte;
        options.QuarantineAge = TimeSpan.FromDays(settings.QuarantineDays);
        options.Overflow = settings.Overflow switch
        {
            "block" => JournalOverflow.Block,
            "drop_lowest_priority" => JournalOverflow.DropLowestPriority,
            "spill" => JournalOverflow.Spill,
            _ => JournalOverflow.DropNewest,
        };
    }

    private static void Cache(PerformanceSettings settings, ReadCacheOptions options)
    {
        options.Enabled = settings.CacheEnabled;
        options.MaxEntries = settings.CacheMaxSize;
        options.TimeToLive = TimeSpan.FromSeconds(settings.CacheTtlSeconds);
        options.MaxBytes = settings.MaxMemorySizeMb * Megabyte;
        options.KeptWhenFull = settings.MemoryCleanupThreshold;
    }

    private static void Sqlite(BackendSettings settings, SqliteBackendOptions options)
    {
        options.BusyTimeout = TimeSpan.FromSeconds(settings.ConnectionTimeout);
        options.MaxReaders = Math.Min(MaxReaders, BackendMapping.Connections(settings));
        if (settings.Details.LocalStoragePath is { } folder) options.Path = Path.Combine(folder, "memory.db");
    }

    private static void Policies(MemoryConfiguration configuration, PoliciesOptions options)
    {
        var settings = configuration.Policies;
        options.DeferFor = TimeSpan.FromSeconds(settings.DeferSeconds);
        options.MaxHeld = settings.MaxHeld;
        options.SaveStateEvery = TimeSpan.FromSeconds(settings.SaveStateSeconds);
        options.Engine.KeptDecisions = settings.KeptDecisions;
        options.MaxWaitingActions = configuration.Performance.BackgroundQueueSize;
        options.ConcurrentActions = configuration.Performance.WorkerThreadCount;
        options.Webhooks.AllowPrivateAddresses = settings.WebhookPrivateAddresses;
        foreach (var host in settings.WebhookHosts.Where(host => !options.Webhooks.AllowedHosts.Contains(host))) options.Webhooks.AllowedHosts.Add(host);
    }

    private static TimeSpan AtLeast(TimeSpan given, TimeSpan least) => given < least ? least : given;
}
