using MemoryTriggers.Retention;

namespace MemoryTriggers.Configuration;

/// <summary>What <c>lifecycle</c> and encryption say reaches retention and protection.</summary>
public sealed class LifecycleMappingTests
{
    [Fact]
    public void Apply_SetsWhatTheKeysSay()
    {
        var options = Options("lifecycle: {default_retention_days: 11, important_memory_retention_days: 12, error_memory_retention_days: 13, workflow_memory_retention_days: 14, cleanup_interval_hours: 15, cleanup_batch_size: 5000, min_quality_for_retention: 0.25, compression_after_days: 16}\nbackend: {encryption_enabled: true, encryption_key_path: /keys}\n");

        var retention = options.Retention;
        Assert.Equal((true, 11, 12, 15, 1_000, 0.25), (retention.Enabled, retention.Default.Days, retention.Important.Days, (int)retention.Interval.TotalHours, retention.BatchSize, retention.MinQuality));
        Assert.Equal((13, 14), (retention.Categories["error"]!.Value.Days, retention.Categories["pattern"]!.Value.Days));
        Assert.Equal(("/keys", TimeSpan.FromDays(16), null), (options.Protection.KeyFile, options.Protection.CompressAfter, options.Protection.CompressAbove));
        Assert.Null(retention.ArchiveDirectory);
    }

    [Theory]
    [InlineData("auto_cleanup_enabled: false", false, 0.4)]
    [InlineData("quality_based_cleanup: false", true, 0.0)]
    public void Apply_OfWhatIsOff_LeavesItOff(string keys, bool isOn, double quality)
    {
        var retention = Options($"lifecycle: {{{keys}}}\n").Retention;

        Assert.Equal((isOn, quality), (retention.Enabled, retention.MinQuality));
    }

    [Fact]
    public void Apply_OfAnArchive_EndsLongPeriodsAndNamesItsFolder()
    {
        var options = Options("data_directory: /data\nlifecycle: {archival_enabled: true, archive_backend: cold, archive_after_days: 100}\n");

        Assert.Equal(Path.Combine(Path.GetFullPath("/data"), "archive", "cold"), options.Retention.ArchiveDirectory);
        Assert.Equal((90, 100), (options.Retention.Default.Days, options.Retention.Important.Days));
    }

    [Theory]
    [InlineData("compression_enabled: false", null, null)]
    [InlineData("compression_after_days: 0", 256, null)]
    [InlineData("compression_after_days: 2", null, 2)]
    public void Apply_OfCompression_SaysWhenItHappens(string keys, int? above, int? days)
    {
        var protection = Options($"lifecycle: {{{keys}}}\n").Protection;

        Assert.Equal((above, days), (protection.CompressAbove, protection.CompressAfter?.Days));
    }

    [Theory]
    [InlineData("0 2 * * 0", "2026-11-21T12:00", "2026-11-22T01:59", false)]
    [InlineData("0 2 * * 0", "2026-11-21T12:00", "2026-11-22T02:00", true)]
    [InlineData("0 2 * * 7", "2026-11-22T02:00", "2026-11-29T01:59", false)]
    [InlineData("*/15 * * * *", "2026-11-22T02:01", "2026-11-22T02:14", false)]
    [InlineData("*/15 * * * *", "2026-11-22T02:01", "2026-11-22T02:15", true)]
    [InlineData("30 1-3 1 1,7 *", "2026-01-02T00:00", "2026-07-01T01:29", false)]
    [InlineData("30 1-3 1 1,7 *", "2026-01-02T00:00", "2026-07-01T01:30", true)]
    [InlineData("0 0 29 2 *", "2026-01-01T00:00", "2027-12-31T00:00", false)]
    [InlineData("0 0 13 * 5", "2026-11-01T00:00", "2026-11-06T00:00", true)]
    public void Schedule_HasItsTimes(string schedule, string after, string until, bool expected)
    {
        var found = CronSchedule.Parse(schedule).HasTimeBetween(Time(after), Time(until));

        Assert.Equal(expected, found);
    }

    [Theory]
    [InlineData("")]
    [InlineData("* * * *")]
    [InlineData("60 * * * *")]
    [InlineData("* 24 * * *")]
    [InlineData("* * 0 * *")]
    [InlineData("5-1 * * * *")]
    [InlineData("*/0 * * * *")]
    [InlineData("1/2/3 * * * *")]
    [InlineData("a * * * *")]
    public void Schedule_ThatIsNone_IsRefused(string schedule)
    {
        Assert.NotNull(CronSchedule.Problem(schedule));
        Assert.Throws<FormatException>(() => CronSchedule.Parse(schedule));
    }

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse($"{text}:00Z", System.Globalization.CultureInfo.InvariantCulture);

    private static MemoryTriggersOptions Options(string yaml)
    {
        var options = new MemoryTriggersOptions();
        OptionKeys.Apply(Configured.Yaml($"preset: reference\n{yaml}"), options);
        return options;
    }
}
