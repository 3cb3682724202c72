using MemoryTriggers.TestKit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.EnvironmentVariables;

namespace MemoryTriggers.Configuration;

/// <summary>Later sources win, and each value knows where it comes from.</summary>
public sealed class SourceTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private string FilePath => _directory.File("memory.yaml");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Sources_OneOverTheOther_LaterOnesWinAndAreNamed()
    {
        Write("performance:\n  batch_size: 1\n  recall_timeout: 4\n  search_timeout: 9\n  create_timeout: 6\n  cache_ttl_seconds: 7\n");
        File.WriteAllText(_directory.File("appsettings.json"), "{\n  \"MemoryTriggers\": {\n    \"performance\": { \"search_timeout\": 8 }\n  }\n}\n");
        var root = Configured.Root(FilePath, variables: new() { ["MEMORY_BATCH_SIZE"] = "2", ["MEMORY_RECALL_TIMEOUT"] = "5" }, further: builder => builder
            .AddJsonFile(_directory.File("appsettings.json"))
            .AddInMemoryCollection([new("MemoryTriggers:Performance:BatchSize", "3")])
            .AddCommandLine(["--MemoryTriggers:performance:create_timeout=5.5"]));

        var report = Configured.Report(root);

        Assert.Equal(("3", "code"), Told(report, "performance.batch_size"));
        Assert.Equal(("5.0", "variable MEMORY_RECALL_TIMEOUT"), Told(report, "performance.recall_timeout"));
        Assert.Equal(("8.0", $"{_directory.File("appsettings.json")}:3:40"), Told(report, "performance.search_timeout"));
        Assert.Equal(("5.5", "command line"), Told(report, "performance.create_timeout"));
        Assert.Equal(("7", $"{FilePath}:8:22"), Told(report, "performance.cache_ttl_seconds"));
        Assert.Equal(("4", "default"), Told(report, "performance.max_concurrent_operations"));
        Assert.True(report.IsValid, string.Join("; ", report.Issues));
    }

    [Theory]
    [InlineData("MEMORY_CREATE_TIMEOUT", "7.5", "performance.create_timeout", "7.5")]
    [InlineData("MEMORY_RECALL_TIMEOUT", "2", "performance.recall_timeout", "2.0")]
    [InlineData("MEMORY_BATCH_SIZE", "12", "performance.batch_size", "12")]
    [InlineData("MEMORY_MAX_CONCURRENT", "6", "performance.max_concurrent_operations", "6")]
    [InlineData("MEMORY_BACKEND_TYPE", "mem0", "backend.backend_type", "mem0")]
    [InlineData("MEMORY_CONNECTION_TIMEOUT", "3", "backend.connection_timeout", "3.0")]
    [InlineData("MEMORY_TRIGGERS_ENABLED", "FALSE", "global_enabled", "false")]
    [InlineData("MEMORY_DEBUG_MODE", "True", "debug_mode", "true")]
    [InlineData("MEMORY_ENVIRONMENT", "development", "environment", "development")]
    public void Variable_OfTheReference_GoesBeforeTheFile(string variable, string given, string path, string value)
    {
        Write("");

        var report = Configured.Report(Configured.Root(FilePath, variables: new() { [variable] = given }));

        Assert.Equal((value, $"variable {variable}"), Told(report, path));
    }

    [Fact]
    public void Variable_OutOfBounds_IsRefusedByItsName()
    {
        Write("");

        var report = Configured.Report(Configured.Root(FilePath, variables: new() { ["MEMORY_BATCH_SIZE"] = "lots" }));

        Assert.Equal("variable MEMORY_BATCH_SIZE: error SCHEMA_VIOLATION: performance.batch_size must be a whole number; it is 'lots'", Assert.Single(report.Refusals).ToString());
    }

    [Fact]
    public void List_OfALaterSource_ReplacesTheWholeList()
    {
        Write("monitoring: {alert_channels: [a, b, c]}\n");

        var report = Configured.Report(Configured.Root(FilePath, further: static builder => builder.AddInMemoryCollection([new("MemoryTriggers:monitoring:alert_channels:0", "x")])));

        Assert.Equal(["x"], report.Configuration.Monitoring.AlertChannels);
    }

    [Fact]
    public void File_OfTheEnvironment_GoesBeforeTheFileForAll()
    {
        Write("performance: {batch_size: 1, recall_timeout: 2}\nmonitoring: {alert_channels: [a, b]}\n");
        File.WriteAllText(_directory.File("memory.testing.yaml"), "performance: {batch_size: 9}\nmonitoring: {alert_channels: [z]}\n");
        File.WriteAllText(_directory.File("memory.production.yaml"), "performance: {batch_size: 99}\n");

        var testing = Configured.Report(Configured.Root(FilePath)).Configuration;
        var production = Configured.Report(Configured.Root(FilePath, variables: new() { ["MEMORY_ENVIRONMENT"] = "production" })).Configuration;

        Assert.Equal((9, 2), (testing.Delivery.BatchSize, testing.Performance.RecallTimeout));
        Assert.Equal(["z"], testing.Monitoring.AlertChannels);
        Assert.Equal((99, "production"), (production.Delivery.BatchSize, production.Environment));
    }

    [Fact]
    public void AddMemoryTriggersYaml_InAHost_StandsBeforeTheVariablesOfDotNet()
    {
        Write("performance: {batch_size: 1}\n");
        var manager = new ConfigurationManager();
        manager.AddEnvironmentVariables("DOTNET_");
        manager.AddEnvironmentVariables();

        manager.AddMemoryTriggersYaml(FilePath, static source => source.ReloadOnChange = false);

        Assert.IsType<EnvironmentVariablesConfigurationSource>(manager.Sources[^1]);
        Assert.IsType<ReferenceVariablesSource>(manager.Sources[^2]);
        Assert.IsType<YamlConfigurationSource>(manager.Sources[^3]);
        Assert.Equal("1", manager["MemoryTriggers:performance:batch_size"]);
    }

    [Fact]
    public void AddMemoryTriggersYaml_FileMissing_SaysSoUnlessOptional()
    {
        var missing = _directory.File("none.yaml");

        Assert.Throws<FileNotFoundException>(() => new ConfigurationBuilder().AddMemoryTriggersYaml(missing).Build());
        var root = new ConfigurationBuilder().AddMemoryTriggersYaml(missing, static source => (source.IsOptional, source.ReloadOnChange) = (true, false)).Build();
        Assert.Null(root["MemoryTriggers:environment"]);
    }

    [Fact]
    public void AddMemoryTriggersEnvironment_IsTheBaseForWhatComesLater()
    {
        var root = new ConfigurationBuilder().AddMemoryTriggersEnvironment("staging").AddInMemoryCollection([new("MemoryTriggers:performance:batch_size", "41")]).Build();

        var report = Configured.Report(root);

        Assert.Equal((41, 8), (report.Configuration.Delivery.BatchSize, report.Configuration.Delivery.Concurrency));
        Assert.Throws<ArgumentException>(() => new ConfigurationBuilder().AddMemoryTriggersEnvironment("prod"));
    }

    [Fact]
    public void Secret_InTheEffectiveConfiguration_IsMasked()
    {
        var root = new ConfigurationBuilder().AddInMemoryCollection([new("MemoryTriggers:backend:backend_settings:api_key", "m0-very-secret")]).Build();

        var report = Configured.Report(root);

        Assert.Equal(("********", "code"), Told(report, "backend.backend_settings.api_key"));
        Assert.DoesNotContain("m0-very-secret", string.Join('\n', report.Values) + string.Join('\n', report.Issues) + ConfigurationYaml.Write(report.Configuration) + report, StringComparison.Ordinal);
        Assert.Equal("m0-very-secret", report.Configuration.Backend.Details.ApiKey);
    }

    [Fact]
    public void Root_InThePlaceOfItsSection_IsLookedThroughForIt()
    {
        Write("performance: {batch_size: 6}\n");

        var report = MemoryConfiguration.Validate(Configured.Root(FilePath));

        Assert.Equal(("6", $"{FilePath}:3:27"), Told(report, "performance.batch_size"));
    }

    [Fact]
    public void Section_WithoutItsRoot_IsReadAllTheSame()
    {
        var root = new ConfigurationBuilder().AddInMemoryCollection([new("Other:performance:batch_size", "4")]).Build();

        var report = MemoryConfiguration.Validate(root.GetSection("Other"));

        Assert.Equal(("4", "configuration"), Told(report, "performance.batch_size"));
    }

    private static (string, string) Told(MemoryConfigurationReport report, string path)
    {
        var value = Configured.Value(report, path);
        return (value.Value, value.Origin.ToString());
    }

    private void Write(string yaml) => File.WriteAllText(FilePath, Configured.Head + yaml);
}
