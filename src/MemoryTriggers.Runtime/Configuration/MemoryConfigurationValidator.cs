using MemoryTriggers.Configuration;
using MemoryTriggers.Yaml;
using Microsoft.Extensions.Configuration;

namespace MemoryTriggers;

/// <summary>
/// Checks configurations in three layers: each key by itself, rules across keys, and what makes sense in the environment. All that is wrong
/// is found in
/// one go; nothing in a document makes it throw or hang. Thread-safe.
/// </summary>
public static class MemoryConfigurationValidator
{
    /// <summary>Checks a YAML or JSON document.</summary>
    /// <param name="text">The document.</param>
    /// <param name="name">How to call it in messages.</param>
    public static MemoryConfigurationReport ValidateText(string text, string name = "configuration")
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(name);
        var document = YamlSettings.Read(text, name);
        return ConfigurationLoading.Load([new SettingLayer(document.Entries, IsDocument: true)], [.. document.Problems]);
    }

    /// <summary>Checks a file by itself, without environment variables and without the file for its environment.</summary>
    /// <param name="path">The file.</param>
    /// <remarks>A file with <c>rules</c> is checked as a policy file; its report has the default configuration.</remarks>
    public static MemoryConfigurationReport ValidateFile(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (SettingFile.TryRead(path, out var text) is { } failure)
            return ConfigurationLoading.Load([], [new MemoryConfigurationIssue(MemoryConfigurationSeverity.Error, IssueCodes.Load, "", failure) { Origin = new MemoryConfigurationOrigin(path) }]);
        return YamlTree.Read(text, []) is YamlMapping { Entries: [{ Key.Text: "rules" }, ..] }
            ? ConfigurationLoading.Load([], [.. PolicyYaml.Parse(text).Problems.Select(problem => PolicyFileRules.Issue(path, problem))])
            : ValidateText(text, path);
    }

    /// <summary>Checks a section, or a root that is about nothing else, with all its sources.</summary>
    /// <param name="configuration">The section, or a root that has it as <see cref="MemoryTriggersOptions.Section"/>.</param>
    /// <param name="root">The root that it is a section of; without it the report does not know where values come from.</param>
    public static MemoryConfigurationReport Validate(IConfiguration configuration, IConfigurationRoot? root = null)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return ConfigurationLoading.Load(configuration, root);
    }

    /// <summary>Checks a configuration that was made in code. Each of its values counts as said there.</summary>
    public static MemoryConfigurationReport Validate(MemoryConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var document = YamlSettings.Read(MemoryConfigurationYaml.Write(configuration), "code");
        var origin = new MemoryConfigurationOrigin("code");
        return ConfigurationLoading.Load([new SettingLayer([.. document.Entries.Select(entry => entry with { Origin = origin })])], []) with { Configuration = configuration };
    }
}
