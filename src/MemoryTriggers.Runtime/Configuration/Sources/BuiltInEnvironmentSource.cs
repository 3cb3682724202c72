using Microsoft.Extensions.Configuration;

namespace MemoryTriggers.Configuration;

/// <summary>A preset as a source.</summary>
internal sealed class BuiltInEnvironmentSource(string section, string name) : IConfigurationSource
{
    public IConfigurationProvider Build(IConfigurationBuilder builder) => new Provider(section, name);

    private sealed class Provider(string section, string name) : ConfigurationProvider, ISettingSource
    {
        public IReadOnlyList<IReadOnlyList<SettingEntry>> Layers { get; } =
        [.. BuiltInEnvironments.Layers(name).Select(static layer => layer.Entries)];

        public string Section => section;

        public IReadOnlyList<MemoryConfigurationIssue> Problems => [];

        public override void Load()
        {
            foreach (var entry in Layers.SelectMany(static layer => layer).Where(static entry => !entry.IsPlace))
                Data[ConfigurationPath.Combine(section, entry.Key)] = entry.Value;
        }

        public override string ToString() => $"built-in preset {name}";
    }
}
