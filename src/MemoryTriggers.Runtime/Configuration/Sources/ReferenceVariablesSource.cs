using Microsoft.Extensions.Configuration;

namespace MemoryTriggers.Configuration;

/// <summary>The environment variables of the reference.</summary>
internal sealed class ReferenceVariablesSource(string section, Func<string, string?> read) : IConfigurationSource
{
    public IConfigurationProvider Build(IConfigurationBuilder builder) => new ReferenceVariablesProvider(section, read);
}
