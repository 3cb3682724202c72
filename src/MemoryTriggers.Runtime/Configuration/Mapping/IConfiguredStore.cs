using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Configuration;

/// <summary>
/// A store of another package that a configuration may name. The package has one class of that kind, with a constructor without parameters.
/// </summary>
internal interface IConfiguredStore
{
    /// <param name="configuration">The configuration, of which the section <c>backend</c> describes the store.</param>
    /// <param name="folder">The data folder, at which relative paths begin.</param>
    /// <param name="loggers">For the log of the store.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="MemoryConfigurationException">Something that it needs is missing.</exception>
    IMemoryBackend Create(ConfigurationSnapshot configuration, string folder, ILoggerFactory loggers, TimeProvider time);
}
