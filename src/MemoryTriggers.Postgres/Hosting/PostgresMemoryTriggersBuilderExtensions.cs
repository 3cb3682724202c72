using MemoryTriggers;
using MemoryTriggers.Postgres.Connections;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Keeps the memories of a program with a host in PostgreSQL.</summary>
public static class PostgresMemoryTriggersBuilderExtensions
{
    /// <summary>
    /// Keeps memories in PostgreSQL instead of SQLite. Without a setting the connection string is that of the environment variable
    /// <c>MEMORY_TRIGGERS_POSTGRES</c>. A second call adds its settings to those of the first.
    /// </summary>
    public static IMemoryTriggersBuilder UsePostgres(this IMemoryTriggersBuilder builder, Action<PostgresBackendOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<PostgresBackendOptions>, PostgresBackendOptionsValidator>());
        var options = builder.Services.AddOptions<PostgresBackendOptions>().ValidateOnStart();
        if (configure is not null) options.Configure(configure);
        return builder.UseBackend(static provider => new PostgresMemoryBackend(
            provider.GetRequiredService<IOptions<PostgresBackendOptions>>().Value,
            provider.GetRequiredService<ILogger<PostgresMemoryBackend>>(),
            provider.GetRequiredService<TimeProvider>()));
    }
}
