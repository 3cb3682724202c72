namespace MemoryTriggers.Configuration;

/// <summary>The read cache: of <c>performance</c>.</summary>
internal static class CacheKeys
{
    public static IReadOnlyList<OptionKey> All { get; } =
    [
        OptionKey.Of("performance.cache_enabled", static options => options.ReadCache.Enabled,
            static (options, isOn) => options.ReadCache.Enabled = isOn, static all => all.Performance.CacheEnabled),
        OptionKey.Of("performance.cache_max_size", static options => options.ReadCache.MaxEntries,
            static (options, count) => options.ReadCache.MaxEntries = count, static all => all.Performance.CacheMaxSize),
        OptionKey.Of("performance.cache_ttl_seconds", static options => options.ReadCache.TimeToLive,
            static (options, time) => options.ReadCache.TimeToLive = time,
            static all => TimeSpan.FromSeconds(all.Performance.CacheTtlSeconds)),
        OptionKey.Of("performance.max_memory_size_mb", static options => options.ReadCache.MaxBytes,
            static (options, bytes) => options.ReadCache.MaxBytes = bytes,
            static all => all.Performance.MaxMemorySizeMb * 1024L * 1024),
        OptionKey.Of("performance.memory_cleanup_threshold", static options => options.ReadCache.KeptWhenFull,
            static (options, share) => options.ReadCache.KeptWhenFull = share,
            static all => all.Performance.MemoryCleanupThreshold),
    ];
}
