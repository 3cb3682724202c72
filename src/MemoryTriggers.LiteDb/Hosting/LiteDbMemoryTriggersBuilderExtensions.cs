using MemoryTriggers;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Keeps the memories of a program with a host in LiteDB.</summary>
public static class LiteDbMemoryTriggersBuilderExtensions
{
    /// <summary>
    /// Keeps memories in a LiteDB file instead of SQLite. A relative path begins at the data folder. A second call adds its settings to
    /// those of the first.
    /// </summary>
    public static IMemoryTriggersBuilder UseLiteDb(this IMemoryTriggersBuilder builder, Action<LiteDbBackendOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<LiteDbBackendOptions>, LiteDbBackendOptionsValidator>());
        var options = builder.Services.AddOptions<LiteDbBackendOptions>().ValidateOnStart();
        if (configure is not null) options.Configure(configure);
        return builder.UseBackend(static provider => new LiteDbMemoryBackend(
            provider.GetRequiredService<IOptions<LiteDbBackendOptions>>().Value,
            provider.GetRequiredService<ILogger<LiteDbMemoryBackend>>(), provider.GetRequiredService<TimeProvider>()));
    }
}
