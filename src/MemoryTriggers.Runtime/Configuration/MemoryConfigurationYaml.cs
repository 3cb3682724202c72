using MemoryTriggers.Configuration;
using MemoryTriggers.Yaml;

namespace MemoryTriggers;

/// <summary>Writes configurations as YAML.</summary>
public static class MemoryConfigurationYaml
{
    /// <summary>
    /// Writes all keys. What is written is read back equal, secrets excepted: they are left out, and stay where they are kept.
    /// </summary>
    public static string Write(MemoryConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return YamlWriter.Write(ConfigurationJson.Of(SettingTypes.Root, configuration, static _ => true), isStrict: true);
    }

    /// <summary>The document of a preset, to begin a configuration of one's own with.</summary>
    /// <param name="environment"><c>development</c>, <c>testing</c>, <c>staging</c> or <c>production</c>; <c>reference</c> for the defaults
    /// that these are on top of.</param>
    /// <exception cref="ArgumentException">There is no such preset.</exception>
    public static string BuiltIn(string environment) => BuiltInEnvironments.Text(environment);

    /// <summary>The JSON Schema of the keys, for editors.</summary>
    public static string JsonSchema() => ConfigurationJsonSchema.Write();
}
