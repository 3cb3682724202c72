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

        Assert.Equal(Path.Combine("archive", "cold"), options.Retention.ArchiveDirectory);
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

    private static MemoryTriggersOptions Options(string yaml)
    {
        var options = new MemoryTriggersOptions();
        OptionKeys.Apply(Configured.Yaml($"preset: reference\n{yaml}"), options);
        return options;
    }
}
