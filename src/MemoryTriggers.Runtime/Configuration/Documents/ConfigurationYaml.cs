using MemoryTriggers.Yaml;

namespace MemoryTriggers.Configuration;

/// <summary>A configuration as YAML.</summary>
internal static class ConfigurationYaml
{
    /// <summary>Writes all keys. What is written is read back equal, secrets excepted: they are left out.</summary>
    public static string Write(ConfigurationSnapshot configuration) =>
        YamlWriter.Write(ConfigurationJson.Of(SettingTypes.Root, configuration, static _ => true), isStrict: true);
}
