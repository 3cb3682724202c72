namespace MemoryTriggers.Configuration;

/// <summary>
/// What a preset sets. The proportions between the presets are those of the reference (batches of 10, 5, 20, 50 and 3; queues of 1,000,
/// 500,
/// 2,000, 5,000 and 100; 20, 20, 50, 100 and 5 at once; caches of 1,000, 500, 2,000,
/// 5,000 and none); the figures are of a journal on disk and a local store.
/// </summary>
internal sealed record PresetSettings(
    int BatchSize, TimeSpan BatchAge, TimeSpan OperationTimeout, int Concurrency, int SegmentBytes, long MaxBytes, TimeSpan SyncInterval,
    JournalOverflow Overflow, int CacheEntries, bool IsCaching)
{
    private const int Kilobyte = 1024;
    private const int Megabyte = 1024 * Kilobyte;
    private const long Gigabyte = 1024L * Megabyte;

    public static PresetSettings Of(MemoryTriggersPreset preset) => preset switch
    {
        MemoryTriggersPreset.Default => FromDefaults(new DeliveryOptions(), new JournalOptions(), new ReadCacheOptions()),
        MemoryTriggersPreset.Development => new(
            250, Milliseconds(5), Seconds(15), 4, Megabyte, Gigabyte / 2, Milliseconds(50), JournalOverflow.DropNewest, 500, true),
        MemoryTriggersPreset.Production => new(
            1_000, Milliseconds(250), Seconds(30), 10, 4 * Megabyte, 4 * Gigabyte, Milliseconds(50),
            JournalOverflow.DropLowestPriority, 2_000, true),
        MemoryTriggersPreset.HighPerformance => new(
            2_500, Milliseconds(250), Seconds(10), 20, 16 * Megabyte, 8 * Gigabyte, Milliseconds(200),
            JournalOverflow.DropLowestPriority, 5_000, true),
        MemoryTriggersPreset.LowResource => new(
            150, Milliseconds(1_000), Seconds(60), 1, 256 * Kilobyte, 64 * Megabyte, Milliseconds(1_000),
            JournalOverflow.DropLowestPriority, 100, false),
        _ => throw new ArgumentOutOfRangeException(nameof(preset), preset, "There is no such preset."),
    };

    public void ApplyTo(MemoryTriggersOptions options)
    {
        options.Delivery.BatchSize = BatchSize;
        options.Delivery.BatchAge = BatchAge;
        options.Delivery.OperationTimeout = OperationTimeout;
        options.Delivery.Concurrency = Concurrency;
        options.Journal.SegmentBytes = SegmentBytes;
        options.Journal.MaxBytes = MaxBytes;
        options.Journal.SyncInterval = SyncInterval;
        options.Journal.Overflow = Overflow;
        options.ReadCache.MaxEntries = CacheEntries;
        options.ReadCache.Enabled = IsCaching;
    }

    private static PresetSettings FromDefaults(DeliveryOptions delivery, JournalOptions journal, ReadCacheOptions cache) => new(
        delivery.BatchSize, delivery.BatchAge, delivery.OperationTimeout, delivery.Concurrency, journal.SegmentBytes, journal.MaxBytes,
        journal.SyncInterval, journal.Overflow, cache.MaxEntries, cache.Enabled);

    private static TimeSpan Milliseconds(int count) => TimeSpan.FromMilliseconds(count);

    private static TimeSpan Seconds(int count) => TimeSpan.FromSeconds(count);
}
