using System.Globalization;

namespace MemoryTriggers.Configuration;

/// <summary>The four environments have the reference's values, and their documents load.</summary>
public sealed class EnvironmentTests
{
    public static TheoryData<string> Environments => [.. ReferenceTable.Environments];

    [Theory]
    [MemberData(nameof(Environments))]
    public void BuiltIn_Document_LoadsWithoutErrorsOrWarnings(string environment)
    {
        var report = MemoryConfiguration.ValidateText(MemoryConfiguration.BuiltIn(environment));

        Assert.True(report.IsValid);
        Assert.DoesNotContain(report.Issues, static issue => issue.Severity != MemoryConfigurationSeverity.Info);
    }

    [Theory]
    [MemberData(nameof(Environments))]
    public void BuiltIn_Values_AreThoseOfTheReference(string environment)
    {
        var column = Array.IndexOf(ReferenceTable.Environments, environment) + 1;
        var report = MemoryConfiguration.ValidateText(MemoryConfiguration.BuiltIn(environment));
        var values = report.Values.ToDictionary(static value => value.Path, static value => Plain(value.Value));

        foreach (var row in ReferenceTable.Values.Where(row => row[column] is not "-" && row[0] is not ("backend.backend_settings" or "config_version")))
            Assert.Equal((row[0], ReferenceTable.Shown(row[column])), (row[0], values[row[0]]));
        foreach (var (_, policy, key, value) in ReferenceTable.Policies.Where(policy => policy.Environment == environment))
            Assert.Equal((policy, key, ReferenceTable.Shown(value)), (policy, key, values[$"trigger_policies.{policy}.{key}"]));
    }

    [Fact]
    public void BuiltIn_BackendSettings_AreThoseOfTheReference()
    {
        var details = MemoryConfiguration.ValidateText(MemoryConfiguration.BuiltIn("production")).Configuration.Backend.Details;

        Assert.Equal(
            new BackendDetailSettings { ApiKeyEnv = "MEM0_API_KEY_PRODUCTION", OrganizationId = "production_org", UserId = "production_user", Host = "api.mem0.ai", Timeout = 30 },
            details);
    }

    [Fact]
    public void Preset_OfAnEnvironment_GivesWhatIsNotSaid()
    {
        var report = Configured.Yaml("preset: production\nperformance: {batch_size: 7}\n");

        Assert.Equal((7, 20), (report.Configuration.Delivery.BatchSize, report.Configuration.Delivery.Concurrency));
        Assert.Equal("memory.yaml:4:27", Configured.Value(report, "performance.batch_size").Origin.ToString());
        Assert.StartsWith("built-in environment production:", Configured.Value(report, "performance.max_concurrent_operations").Origin.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Preset_Reference_GivesTheReferencesDefaults_AndBeneathAnEnvironmentToo()
    {
        var (reference, development) = (Configured.Yaml("preset: reference\nperformance: {batch_size: 7}\n"), Configured.Yaml("preset: development\n"));

        Assert.Equal((7, 10, true), (reference.Configuration.Delivery.BatchSize, reference.Configuration.Delivery.Concurrency, reference.Configuration.Retention.Enabled));
        Assert.StartsWith("built-in preset reference:", Configured.Value(reference, "lifecycle.auto_cleanup_enabled").Origin.ToString(), StringComparison.Ordinal);
        Assert.Equal((3, 7), (development.Configuration.Delivery.Concurrency, development.Configuration.Lifecycle.CompressionAfterDays));
    }

    private static string Plain(string value) =>
        double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number.ToString("R", CultureInfo.InvariantCulture) : value;
}
