using MemoryTriggers.TestKit;

namespace MemoryTriggers.Configuration;

/// <summary>Older versions are translated, newer ones refused.</summary>
public sealed class VersionTests : IDisposable
{
    private const string Old = """
        # what the first service had
        config_version: "0.9"
        orchestrator: {enabled: true, max_queue_size: 500, batch_size: 10, timeout_seconds: 30}
        policies: {enabled: true, default_decision: allow, rate_limiting: true}
        hooks: {enabled: true, capture_on_success: true, capture_on_error: true, capture_args: false, capture_result: false}
        """;

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Version_Older_IsTranslatedAndTold()
    {
        var report = MemoryConfiguration.ValidateText(Old, "old.yaml");

        Assert.True(report.IsValid, string.Join("; ", report.Issues));
        Assert.Equal((10, 30.0, 500), (report.Configuration.Delivery.BatchSize, report.Configuration.Performance.CreateTimeout, report.Configuration.Policies.MaxWaitingActions));
        Assert.Equal("old.yaml:2:17", Configured.Issue(report, "config_version").Origin.ToString());
        Assert.Contains(report.Issues, static issue => issue.Path == "hooks.capture_args" && issue.Severity == MemoryConfigurationSeverity.Info);
    }

    [Fact]
    public void Migrate_Older_WritesTheFileAnewAndKeepsABackup()
    {
        var file = _directory.File("memory.yaml");
        File.WriteAllText(file, Old);

        var backup = MemoryConfiguration.Migrate(file, new ManualTimeProvider());

        Assert.Matches(@"memory\.backup\.20260102_\d{6}\.yaml$", backup);
        Assert.Equal(Old, File.ReadAllText(backup!));
        Assert.Equal(
            "environment: \"development\"\nconfig_version: \"1.0\"\nglobal_enabled: true\nperformance:\n  create_timeout: 30.0\n  batch_size: 10\n  background_queue_size: 500\n" +
            "hooks:\n  enabled: true\n  capture_on_success: true\n  capture_on_error: true\n  capture_result: false\n",
            File.ReadAllText(file));
        Assert.DoesNotContain(MemoryConfiguration.ValidateFile(file).Issues, static issue => issue.Severity != MemoryConfigurationSeverity.Info);
        Assert.Null(MemoryConfiguration.Migrate(file));
    }

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    [InlineData("10.0")]
    public void Version_Newer_IsRefused(string version)
    {
        var file = _directory.File("memory.yaml");
        File.WriteAllText(file, $"{Configured.Head}config_version: \"{version}\"\n");

        var exception = Assert.Throws<MemoryConfigurationException>(() => MemoryConfiguration.Migrate(file));

        Assert.Equal((IssueCodes.Version, "config_version"), (Assert.Single(exception.Issues).Code, exception.Issues[0].Path));
        Assert.Contains($"is {version}; this library reads up to 1.0", exception.Message, StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(_directory.Path));
    }
}
