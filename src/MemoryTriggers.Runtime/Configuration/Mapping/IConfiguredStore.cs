using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Configuration;

/// <summary>A store of another package that a configuration may name. The package has one class of that kind, with a constructor without parameters.</summary>
internal interface IConfiguredStore
{
    /// <exception cref="MemoryConfigurationException">Something that it needs is missing.</exception>
    IMemoryBackend Create(BackendSettings settings, ILoggerFactory loggers, TimeProvider time);
}
