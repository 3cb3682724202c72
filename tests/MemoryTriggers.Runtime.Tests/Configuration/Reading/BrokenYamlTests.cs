using System.Text;

namespace MemoryTriggers.Configuration;

/// <summary>Whatever stands in a document: a precise message with its place, and never a hang.</summary>
public sealed class BrokenYamlTests
{
    [Theory]
    [InlineData("performance:\n  batch_size: 1\n bad: 2\n", 5, 2, "not valid YAML")]
    [InlineData("performance:\n\tbatch_size: 1\n", 4, 1, "a tab cannot be used for indentation")]
    [InlineData("debug_mode: true\ndebug_mode: false\n", 4, 1, "duplicate key 'debug_mode'; it is already on line 3")]
    [InlineData("debug_mode: true\nDEBUG_MODE: false\n", 4, 1, "duplicate key 'DEBUG_MODE'")]
    [InlineData("a: &a [*a]\n", 3, 8, "is inside of what it refers to")]
    [InlineData("a: *nobody\n", 3, 4, "nobody")]
    [InlineData("<<: {debug_mode: true}\n", 3, 1, "'<<' is not supported")]
    [InlineData("performance: !!python/object:os.system {}\n", 3, 14, "is not supported")]
    [InlineData("? [a, b]\n: 1\n", 3, 3, "a name must be a text")]
    [InlineData("'a:b': 1\n", 3, 1, "'a:b' cannot be a key")]
    [InlineData("--- \nx: 1\n", 3, 1, "second document")]
    [InlineData("performance: {batch_size: 1\n", 0, 0, "not valid YAML")]
    [InlineData("performance: \"never closed\n", 0, 0, "not valid YAML")]
    public void Document_Broken_SaysWhereAndWhat(string yaml, int line, int column, string message)
    {
        var report = Configured.Yaml(yaml);

        var issue = Assert.Single(report.Issues, issue => issue.Code == IssueCodes.Load && issue.Message.Contains(message, StringComparison.Ordinal));
        Assert.False(report.IsValid);
        if (line > 0) Assert.Equal((line, column), (issue.Line, issue.Column));
        Assert.True(issue.Line > 0);
    }

    [Theory]
    [InlineData("performance: {batch_size: many}\n", "performance.batch_size", 27, "must be a whole number; it is 'many'")]
    [InlineData("performance: {batch_size: 1.5}\n", "performance.batch_size", 27, "must be a whole number")]
    [InlineData("performance: {create_timeout: .inf}\n", "performance.create_timeout", 31, "must be a number")]
    [InlineData("performance: {cache_enabled: yes}\n", "performance.cache_enabled", 30, "must be true or false; it is 'yes'")]
    [InlineData("performance: {batch_size: [1]}\n", "performance.batch_size", 15, "must be a whole number; it is a list")]
    [InlineData("performance: {batch_size: {a: 1}}\n", "performance.batch_size", 15, "must be a whole number; it is a mapping")]
    [InlineData("performance: 5\n", "performance", 14, "must be a mapping; it is '5'")]
    [InlineData("performance: [1, 2]\n", "performance", 1, "must be a mapping; it is a list")]
    [InlineData("performance: {batch_size: 99999999999999999999}\n", "performance.batch_size", 27, "must be a whole number")]
    [InlineData("performance: {batch_sice: 5}\n", "performance.batch_sice", 27, "did you mean 'batch_size'?")]
    [InlineData("performence: {batch_size: 5}\n", "performence", 1, "did you mean 'performance'?")]
    [InlineData("monitoring: {log_level: verbose}\n", "monitoring.log_level", 25, "allowed are DEBUG, INFO, WARNING, ERROR, CRITICAL")]
    [InlineData("monitoring: {alert_channels: ops}\n", "monitoring.alert_channels", 30, "must be a list")]
    [InlineData("config_version: '1'\n", "config_version", 17, "must be of the form")]
    [InlineData("types: {workflow: {enabled: false}}\n", "types.workflow", 9, "'workflow' is no type of trigger")]
    [InlineData("lifecycle: {migration_schedule: '61 * * * *'}\n", "lifecycle.migration_schedule", 33, "Minutes: Value must be a number between 0 and 59")]
    [InlineData("backend: {failover_backends: [lokal]}\n", "backend.failover_backends.0", 31, "did you mean 'local'?")]
    [InlineData("trigger_policies: {x: {enabled: true}}\n", "trigger_policies.x", 20, "'trigger_type' is missing")]
    [InlineData("hooks: {capture_args: true}\n", "hooks.capture_args", 23, "use CaptureArguments")]
    [InlineData("config_version: '1.1'\n", "config_version", 17, "this library reads up to 1.0")]
    [InlineData("performance: {batch_size: 1, BatchSize: 2}\n", "performance.batch_size", 41, "is there twice")]
    public void Key_Wrong_SaysWhereAndWhat(string yaml, string path, int column, string message)
    {
        var report = Configured.Yaml(yaml);

        var issue = Assert.Single(report.Issues, issue => issue.Path == path && issue.Severity == MemoryConfigurationSeverity.Error);
        Assert.Contains(message, issue.ToString(), StringComparison.Ordinal);
        Assert.Equal((3, column), (issue.Line, issue.Column));
        Assert.False(report.IsValid);
    }

    [Fact]
    public void Document_WithSeveralProblems_NamesAllOfThem()
    {
        var report = Configured.Yaml("performance: {batch_size: 0, recall_timeout: x}\nnonsense: 1\nbackend: {pool_size: 101}\n");

        Assert.Equal(["performance.batch_size", "performance.recall_timeout", "nonsense", "backend.pool_size"], report.Refusals.Select(static issue => issue.Path));
    }

    [Fact]
    public void Document_TooLarge_IsRefusedWithoutReading()
    {
        var report = Configured.Yaml("# " + new string('x', 11 * 1024 * 1024));

        Assert.Contains("at most 10485760 are read", Assert.Single(report.Refusals, static issue => issue.Code == IssueCodes.Load).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Document_NestedTooDeep_IsRefused()
    {
        var report = Configured.Yaml("performance: " + string.Concat(Enumerable.Repeat("[", 100_000)));

        Assert.Contains("nested deeper than 64 levels", Assert.Single(report.Refusals, static issue => issue.Code == IssueCodes.Load).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Document_WithABombOfAliases_IsRefused()
    {
        var yaml = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (var level = 1; level < 20; level++) yaml.Append($"a{level}: &a{level} [{string.Join(", ", Enumerable.Repeat($"*a{level - 1}", 10))}]\n");

        var report = Configured.Yaml(yaml.ToString());

        Assert.Contains("more than 200000 nodes", Assert.Single(report.Refusals, static issue => issue.Code == IssueCodes.Load).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "'environment'")]
    [InlineData("~", "'environment'")]
    [InlineData("just a text", "must be a mapping")]
    [InlineData("[1, 2]", "must be a mapping")]
    public void Document_WithoutMapping_IsRefused(string yaml, string message)
    {
        var report = MemoryConfiguration.ValidateText(yaml);

        Assert.False(report.IsValid);
        Assert.Contains(report.Refusals, issue => issue.ToString().Contains(message, StringComparison.Ordinal));
    }
}
