using Microsoft.Extensions.Configuration;

namespace MemoryTriggers.Configuration;

/// <summary>A built-in environment as a source.</summary>
internal sealed class BuiltInEnvironmentSource(string section, string name) : IConfigurationSource
{
    public IConfigurationProvider Build(IConfigurationBuilder builder) => new Provider(section, name);

    private sealed class Provider(string section, string name) : ConfigurationProvider, ISettingSource
    {
        public IReadOnlyList<IReadOnlyList<SettingEntry>> Layers { get; } = [BuiltInEnvironments.Entries(name)];

        public string Section => section;

        public IReadOnlyList<MemoryConfigurationIssue> Problems => [];

        public override void Load() =>
            Data = Layers[0].Where(static entry => !entry.IsPlace).ToDictionary(entry => ConfigurationPath.Combine(section, entry.Key), static entry => entry.Value, StringComparer.OrdinalIgnoreCase);

        public override string ToString() => $"built-in environment {name}";
    }
}
