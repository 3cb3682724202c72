using System.Text.Json;
using MemoryTriggers.Configuration;
using Microsoft.Extensions.Configuration;

namespace MemoryTriggers.Benchmarks.Configuration;

/// <summary>A file with every key, as YAML and as the JSON that a program without this library would load.</summary>
internal sealed class FullFile(string folder)
{
    public string Yaml { get; } = Path.Combine(folder, "memory.yaml");

    public string Json { get; } = Path.Combine(folder, "memory.json");

    public void Write()
    {
        var configuration = new ConfigurationSnapshot
        {
            DataDirectory = Path.Combine(folder, "data"),
            TriggerPolicies = new Dictionary<string, TriggerPolicySettings>
            {
                ["flows"] = new() { TriggerType = "workflow" },
                ["agents"] = new() { TriggerType = "agent" },
                ["errors"] = new() { TriggerType = "error" },
            },
        };
        File.WriteAllText(Yaml, ConfigurationYaml.Write(configuration));
        var root = new ConfigurationBuilder().AddMemoryTriggersYaml(Yaml, static source => source.ReloadOnChange = false).Build();
        File.WriteAllText(Json, JsonSerializer.Serialize(new Dictionary<string, object?> { [MemoryTriggersOptions.Section] = Tree(root.GetSection(MemoryTriggersOptions.Section)) }));
    }

    private static object? Tree(IConfigurationSection section)
    {
        List<IConfigurationSection> children = [.. section.GetChildren()];
        return children.Count == 0 ? section.Value : children.ToDictionary(static child => child.Key, Tree);
    }
}
