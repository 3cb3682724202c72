using MemoryTriggers.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace MemoryTriggers.Postgres;

/// <summary>The store that <c>backend_type: postgresql</c> names. Found by its name, where the program references this package.</summary>
internal sealed class ConfiguredPostgresStore : IConfiguredStore
{
    public IMemoryBackend Create(ConfigurationSnapshot configuration, string folder, ILoggerFactory loggers, TimeProvider time)
    {
        var details = configuration.Backend.Details;
        var options = new PostgresBackendOptions { CommandTimeout = BackendMapping.LongestCall(configuration) };
        (options.ShareBreakers, options.ShareRateLimits) = (details.ShareBreakers, details.ShareRateLimits);
        options.ShareInterval = TimeSpan.FromSeconds(details.ShareInterval);
        if (details.ConnectionStringEnv is { } variable) options.ConnectionStringEnvironmentVariable = variable;
        if (details.ShareGroup is { } group) options.ShareGroup = group;
        if (details.Schema is { } schema) options.Schema = schema;
        try
        {
            return new PostgresMemoryBackend(options, loggers.CreateLogger<PostgresMemoryBackend>(), time);
        }
        catch (OptionsValidationException exception)
        {
            throw new MemoryConfigurationException(
            [
                new MemoryConfigurationIssue(
                    MemoryConfigurationSeverity.Error, "CONFIG_CREATE_ERROR", "backend.backend_settings",
                    string.Join("; ", exception.Failures),
                    $"set the environment variable {options.ConnectionStringEnvironmentVariable}, or name another in " +
                        "'connection_string_env'"),
            ]);
        }
    }
}
