namespace MemoryTriggers.Configuration;

/// <summary>The section <c>journal</c>.</summary>
internal static class JournalKeys
{
    private const int Kilobyte = 1024;
    private const long Megabyte = 1024L * Kilobyte;

    public static IReadOnlyList<OptionKey> All { get; } =
    [
        Of("directory", static journal => journal.Directory, static (journal, folder) => journal.Directory = folder, static settings => settings.Directory!),
        Of("segment_kb", static journal => journal.SegmentBytes, static (journal, bytes) => journal.SegmentBytes = bytes, static settings => settings.SegmentKb * Kilobyte),
        Of("max_mb", static journal => journal.MaxBytes, static (journal, bytes) => journal.MaxBytes = bytes, static settings => settings.MaxMb * Megabyte),
        Of("overflow", static journal => journal.Overflow, static (journal, overflow) => journal.Overflow = overflow, static settings => Overflow(settings.Overflow)),
        Of("overflow_wait_ms", static journal => journal.OverflowWait, static (journal, wait) => journal.OverflowWait = wait, static settings => TimeSpan.FromMilliseconds(settings.OverflowWaitMs)),
        Of("spill_mb", static journal => journal.SpillBytes, static (journal, bytes) => journal.SpillBytes = bytes, static settings => settings.SpillMb * Megabyte),
        Of("sync_interval_ms", static journal => journal.SyncInterval, static (journal, interval) => journal.SyncInterval = interval, static settings => TimeSpan.FromMilliseconds(settings.SyncIntervalMs)),
        Of("sync_wait_ms", static journal => journal.SyncWait, static (journal, wait) => journal.SyncWait = wait, static settings => TimeSpan.FromMilliseconds(settings.SyncWaitMs)),
        Of("max_record_kb", static journal => journal.MaxRecordBytes, static (journal, bytes) => journal.MaxRecordBytes = bytes, static settings => settings.MaxRecordKb * Kilobyte),
        Of("quarantine_mb", static journal => journal.QuarantineBytes, static (journal, bytes) => journal.QuarantineBytes = bytes, static settings => settings.QuarantineMb * Megabyte),
        Of("quarantine_days", static journal => journal.QuarantineAge, static (journal, age) => journal.QuarantineAge = age, static settings => TimeSpan.FromDays(settings.QuarantineDays)),
    ];

    private static JournalOverflow Overflow(string name) => name switch
    {
        "block" => JournalOverflow.Block,
        "drop_lowest_priority" => JournalOverflow.DropLowestPriority,
        "spill" => JournalOverflow.Spill,
        _ => JournalOverflow.DropNewest,
    };

    private static OptionKey Of<T>(string key, Func<JournalOptions, T> get, Action<JournalOptions, T> set, Func<JournalSettings, T> value) =>
        OptionKey.Of($"journal.{key}", options => get(options.Journal), (options, wanted) => set(options.Journal, wanted), all => value(all.Journal));
}
