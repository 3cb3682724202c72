using Microsoft.Extensions.Configuration;

namespace MemoryTriggers.Configuration;

/// <summary>Where a runtime got its configuration, and can look again.</summary>
internal sealed class ConfigurationSource(
    IConfiguration section, IConfigurationRoot? root, MemoryConfigurationReport first, IReadOnlyList<object?> unsaid)
{
    /// <summary>What the options were before, as <see cref="OptionKeys.Apply"/> gave it.</summary>
    public IReadOnlyList<object?> Unsaid => unsaid;

    public IConfiguration Section => section;

    /// <summary>What it said at the start.</summary>
    public MemoryConfigurationReport First => first;

    public MemoryConfigurationReport Read() => ConfigurationLoading.Load(section, root);
}
