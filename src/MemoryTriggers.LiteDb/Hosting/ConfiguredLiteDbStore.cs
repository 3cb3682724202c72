using MemoryTriggers.Configuration;
using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Hosting;

/// <summary>The store that <c>backend_type: litedb</c> names. Found by its name, where the program references this package.</summary>
internal sealed class ConfiguredLiteDbStore : IConfiguredStore
{
    public IMemoryBackend Create(ConfigurationSnapshot configuration, string folder, ILoggerFactory loggers, TimeProvider time)
    {
        var options = new LiteDbBackendOptions
        {
            Path = Files.DataDirectory.PathOf(
                folder, Path.Combine(configuration.Backend.Details.LocalStoragePath ?? "", LiteDbBackendOptions.DefaultName)),
            LockTimeout = TimeSpan.FromSeconds(configuration.Backend.ConnectionTimeout),
        };
        return new LiteDbMemoryBackend(options, loggers.CreateLogger<LiteDbMemoryBackend>(), time);
    }
}
