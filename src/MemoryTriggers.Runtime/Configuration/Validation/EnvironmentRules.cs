namespace MemoryTriggers.Configuration;

/// <summary>The third layer: what makes sense in the environment.</summary>
internal static class EnvironmentRules
{
    public static void Check(ConfigurationFindings found)
    {
        var configuration = found.Configuration;
        var isLive = configuration.Environment is "production" or "staging";
        found.Error(
            isLive && configuration.Backend.Details.CleanupOnStart, "backend.backend_settings.cleanup_on_start",
            $"would empty the store at each start, in {configuration.Environment}", "it is for development and testing");
        switch (configuration.Environment)
        {
            case "production":
                Production(found, configuration);
                break;
            case "staging":
                found.Warning(configuration.DebugMode, "debug_mode", "is on in staging", "turn it off");
                break;
            case "testing":
                found.Warning(
                    configuration.Backend.BackendType is "mem0" or "hybrid", "backend.backend_type",
                    $"is {configuration.Backend.BackendType} in testing: tests would need the network", "use 'local'");
                break;
            default:
                found.Info(
                    configuration.Backend.BackendType is "mem0" or "hybrid", "backend.backend_type",
                    $"is {configuration.Backend.BackendType} in development: memories leave this machine", "use 'local'");
                break;
        }
    }

    private static void Production(ConfigurationFindings found, ConfigurationSnapshot configuration)
    {
        found.Warning(configuration.DebugMode, "debug_mode", "is on in production", "turn it off");
        found.Warning(configuration.Monitoring.LogLevel == "DEBUG", "monitoring.log_level", "is DEBUG in production", "use INFO");
        found.Warning(!configuration.ValidationStrict, "validation_strict", "is off in production", "turn it on");
        found.Warning(
            !configuration.Operations.HealthCheckEnabled, "monitoring.health_check_enabled", "is off in production", "turn it on");
        found.Warning(
            configuration.Lifecycle.DefaultRetentionDays < 30, "lifecycle.default_retention_days",
            "keeps memories for less than a month in production", "keep them longer");
        found.Warning(
            configuration.Backend is { BackendType: "mem0", FailoverEnabled: false }, "backend.failover_enabled",
            "is off in production, with a store elsewhere", "turn it on, with 'failover_backends: [local]'");
        found.Info(
            !configuration.Backend.EncryptionEnabled, "backend.encryption_enabled", "is off in production",
            "turn it on where memories have what others must not read");
        found.Info(!configuration.Operations.Alerts.Enabled, "monitoring.alerting_enabled", "is off in production", "turn it on");
        found.Info(
            configuration is { AutoReload: true, Features.HotReloading: true }, "auto_reload",
            "is on in production: who may write the file can change what runs", "turn it off, or guard the file");
    }
}
