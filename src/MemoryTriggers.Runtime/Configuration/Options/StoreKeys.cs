namespace MemoryTriggers.Configuration;

/// <summary>The local store, and how values are in it: of <c>backend</c>, <c>lifecycle</c> and <c>protection</c>.</summary>
internal static class StoreKeys
{
    private const int MaxReaders = 64;
    private const int SmallestCompressed = 256;

    public static IReadOnlyList<OptionKey> All { get; } =
    [
        OptionKey.Of("backend.connection_timeout", static options => options.Sqlite.BusyTimeout,
            static (options, time) => options.Sqlite.BusyTimeout = time,
            static all => TimeSpan.FromSeconds(all.Backend.ConnectionTimeout)),
        OptionKey.By(static options => options.Sqlite.MaxReaders, static (options, count) => options.Sqlite.MaxReaders = count, Readers),
        OptionKey.Of("backend.backend_settings.local_storage_path", static options => options.Sqlite.Path,
            static (options, path) => options.Sqlite.Path = path,
            static all => Path.Combine(all.Backend.Details.LocalStoragePath!, "memory.db")),
        OptionKey.By(static options => options.Protection.KeyFile, static (options, file) => options.Protection.KeyFile = file,
            static (report, unsaid) =>
                report.Configuration.Backend is { EncryptionEnabled: true, EncryptionKeyPath: { } path } ? path : unsaid),
        OptionKey.By(static options => options.Protection.KeyVariable,
            static (options, variable) => options.Protection.KeyVariable = variable,
            static (report, unsaid) =>
                report.Configuration is { Backend.EncryptionEnabled: true, Protection.EncryptionKeyEnv: { } variable } ? variable : unsaid),
        OptionKey.By(static options => options.Protection.CompressAbove,
            static (options, bytes) => options.Protection.CompressAbove = bytes, Above),
        OptionKey.By(static options => options.Protection.CompressAfter, static (options, time) => options.Protection.CompressAfter = time,
            After),
    ];

    private static int Readers(MemoryConfigurationReport report, int unsaid) =>
        report.Says("backend.pool_enabled") || report.Says("backend.pool_size") || report.Says("backend.pool_max_overflow")
            ? Math.Min(MaxReaders, BackendMapping.Connections(report.Configuration.Backend)) : unsaid;

    private static int? Above(MemoryConfigurationReport report, int? unsaid) => report.Configuration switch
    {
        { Protection.CompressAboveBytes: { } bytes } => bytes,
        { Lifecycle: { CompressionEnabled: true, CompressionAfterDays: 0 } } => SmallestCompressed,
        _ => unsaid,
    };

    private static TimeSpan? After(MemoryConfigurationReport report, TimeSpan? unsaid) =>
        report.Configuration.Lifecycle is { CompressionEnabled: true, CompressionAfterDays: > 0 and var days }
            ? TimeSpan.FromDays(days) : unsaid;
}
