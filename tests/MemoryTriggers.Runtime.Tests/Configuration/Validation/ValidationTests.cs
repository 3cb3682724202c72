using MemoryTriggers.TestKit;

namespace MemoryTriggers.Configuration;

/// <summary>Rules across keys, and what makes sense in an environment.</summary>
public sealed class ValidationTests
{
    [Theory]
    [InlineData("trigger_policies: {x: {enabled: true, trigger_type: agent, success_threshold: 0.3}}", "trigger_policies.x.success_threshold", "Error")]
    [InlineData("trigger_policies: {x: {enabled: true, trigger_type: agent, min_context_length: 20, max_context_length: 10}}", "trigger_policies.x.min_context_length", "Error")]
    [InlineData("trigger_policies: {x: {enabled: true, trigger_type: agent, create_on_success: false, create_on_failure: false, create_on_error: false}}", "trigger_policies.x.create_on_error", "Warning")]
    [InlineData("trigger_policies: {x: {enabled: true, trigger_type: agent}, y: {enabled: false, trigger_type: agent}}", "trigger_policies.y.trigger_type", "Warning")]
    [InlineData("performance: {background_processing_enabled: false}", "performance.background_processing_enabled", "Error")]
    [InlineData("features: {background_processing: false}", "features.background_processing", "Error")]
    [InlineData("backend: {backend_type: redis}", "backend.backend_type", "Error")]
    [InlineData("backend: {backend_settings: {backup_enabled: true}}", "backend.backend_settings.backup_enabled", "Error")]
    [InlineData("backend: {encryption_enabled: true}", "backend.encryption_enabled", "Error")]
    [InlineData("backend: {failover_enabled: true}", "backend.failover_enabled", "Warning")]
    [InlineData("backend: {failover_enabled: true, failover_backends: [local]}", "backend.failover_backends", "Warning")]
    [InlineData("backend: {failover_enabled: true, failover_backends: [redis]}", "backend.failover_backends", "Info")]
    [InlineData("backend: {backend_type: mem0}", "backend.backend_type", "Warning")]
    [InlineData("lifecycle: {migration_enabled: true}", "lifecycle.migration_enabled", "Error")]
    [InlineData("lifecycle: {important_memory_retention_days: 3}", "lifecycle.important_memory_retention_days", "Warning")]
    [InlineData("monitoring: {health_check_timeout: 31}", "monitoring.health_check_timeout", "Warning")]
    [InlineData("journal: {max_record_kb: 4096}", "journal.max_record_kb", "Error")]
    [InlineData("journal: {max_mb: 15}", "journal.max_mb", "Error")]
    [InlineData("recall: {content_weight: 0, key_weight: 0, tags_weight: 0}", "recall.content_weight", "Warning")]
    [InlineData("protection: {encryption_key_env: KEYS}\nbackend: {encryption_enabled: true, encryption_key_path: /nowhere}", "protection.encryption_key_env", "Warning")]
    [InlineData("protection: {encryption_key_env: KEYS}", "protection.encryption_key_env", "Info")]
    [InlineData("hooks: {enabled: false, capture_on_success: false}", "hooks.enabled", "Info")]
    [InlineData("hooks: {enabled: true, capture_on_success: false, capture_on_error: false}", "hooks.enabled", "Warning")]
    [InlineData("retention: {categories: {error: {days: 3}}}\nlifecycle: {auto_cleanup_enabled: false}", "retention.categories", "Warning")]
    [InlineData("lifecycle: {error_memory_retention_days: 3}", "lifecycle", "Info")]
    [InlineData("lifecycle: {compression_after_days: 3}", "lifecycle.compression_after_days", "Info")]
    [InlineData("backend: {failover_backends: [local]}", "backend.failover_backends", "Info")]
    [InlineData("monitoring: {alerting_enabled: false, alert_channels: [log]}", "monitoring.alert_channels", "Info")]
    [InlineData("backend: {backend_settings: {share_breakers: true}}", "backend.backend_settings.share_breakers", "Warning")]
    [InlineData("backend: {backend_settings: {share_rate_limits: true}}", "backend.backend_settings.share_rate_limits", "Warning")]
    public void Rule_Broken_IsToldAtItsPlace(string yaml, string path, string severity)
    {
        var issue = Configured.Issue(Configured.Yaml(yaml), path);

        Assert.Equal((severity, IssueCodes.Rule), (issue.Severity.ToString(), issue.Code));
        Assert.NotEmpty(issue.Suggestion);
        Assert.Equal(3, issue.Line);
    }

    [Theory]
    [InlineData("debug_mode: true", "debug_mode", "Warning")]
    [InlineData("monitoring: {log_level: DEBUG}", "monitoring.log_level", "Warning")]
    [InlineData("backend: {backend_settings: {cleanup_on_start: true}}", "backend.backend_settings.cleanup_on_start", "Error")]
    [InlineData("backend: {backend_type: mem0}", "backend.failover_enabled", "Warning")]
    [InlineData("backend: {encryption_enabled: false}", "backend.encryption_enabled", "Info")]
    public void Production_WithWhatMakesNoSenseThere_IsTold(string yaml, string path, string severity)
    {
        var report = MemoryConfiguration.ValidateText($"environment: production\nglobal_enabled: true\n{yaml}\n");

        Assert.Equal(severity, Configured.Issue(report, path).Severity.ToString());
        Assert.Equal(severity != "Error", report.IsValid);
    }

    [Fact]
    public void IsValid_NotStrict_LetsRulesPassButNotSingleKeys()
    {
        const string Rules = "backend: {encryption_enabled: true}\n";

        Assert.False(Configured.Yaml(Rules).IsValid);
        Assert.True(Configured.Yaml($"validation_strict: false\n{Rules}").IsValid);
        Assert.False(Configured.Yaml($"validation_strict: false\n{Rules}performance: {{batch_size: 0}}\n").IsValid);
    }

    // Defect 14 of the reference: its own defaults are not valid, nor are its policies for errors with 0 and 0.
    [Fact]
    public void Defaults_AreValid()
    {
        Assert.Empty(MemoryConfiguration.ValidateText(ConfigurationYaml.Write(new ConfigurationSnapshot())).Refusals);
        Assert.Empty(Configured.Yaml("trigger_policies: {x: {enabled: true, trigger_type: error, success_threshold: 0.0, failure_threshold: 0.0}}\n").Issues);
    }

    [Theory]
    [InlineData("development", 0.396)]
    [InlineData("testing", 1.0 * 1.1 * 1)]
    [InlineData("production", 1.0)]
    public void PerformanceScore_OfAnEnvironment_IsThatOfTheReference(string environment, double score)
    {
        var report = MemoryConfiguration.ValidateText(MemoryConfiguration.BuiltIn(environment));

        // development: 10 s are 0.5 of the best, 3 at once 0.8, no cache 0.9, a quality of 0.3 0.8, and no cache time counts.
        Assert.Equal(environment == "development" ? 0.5 * 0.8 * 0.9 * 0.8 : Math.Min(1, score), report.PerformanceScore, tolerance: 0.0001);
        Assert.NotEmpty(report.PerformanceReasons);
    }

    [Fact]
    public void ValidateFile_WithRules_ChecksThemAsPolicies()
    {
        using var directory = new TemporaryDirectory();
        File.WriteAllText(directory.File("rules.yaml"), "rules:\n  r:\n    conditions: [{type: always}]\n    actions: [{type: add_tagg, parameters: {tag: x}}]\n");

        var issue = Assert.Single(MemoryConfiguration.ValidateFile(directory.File("rules.yaml")).Issues);

        Assert.Equal(($"{directory.File("rules.yaml")}:4:22", "rules.r.actions[0].type"), (issue.Origin.ToString(), issue.Path));
    }

    [Fact]
    public void PoliciesFile_WithProblems_IsToldAtItsOwnLines()
    {
        using var directory = new TemporaryDirectory();
        File.WriteAllText(directory.File("rules.yaml"), "rules:\n  r:\n    priority: 5000\n    conditions: [{type: always}]\n    actions: [{type: abort}]\n");

        var report = Configured.Yaml($"policies: {{file: {directory.File("rules.yaml")}}}\n");

        Assert.Equal($"{directory.File("rules.yaml")}:3:15", Assert.Single(report.Refusals).Origin.ToString());
    }

    [Fact]
    public void ApiKey_InAFile_IsTold_AndRefusedWhereOthersMayReadIt()
    {
        if (OperatingSystem.IsWindows()) return;
        using var directory = new TemporaryDirectory();
        var file = directory.File("memory.yaml");
        File.WriteAllText(file, Configured.Head + "backend: {backend_settings: {api_key: m0-very-secret}}\n");

        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        var open = MemoryConfiguration.ValidateFile(file);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var closed = MemoryConfiguration.ValidateFile(file);

        Assert.Contains("its group may read", Assert.Single(open.Refusals).Message, StringComparison.Ordinal);
        Assert.Contains("'api_key_env'", Assert.Single(closed.Issues, static issue => issue.Severity == MemoryConfigurationSeverity.Warning).Suggestion, StringComparison.Ordinal);
        Assert.True(closed.IsValid);
    }
}
