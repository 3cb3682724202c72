using MemoryTriggers.Configuration;
using MemoryTriggers.Yaml;
using Microsoft.Extensions.Configuration;

namespace MemoryTriggers;

/// <summary>
/// Validates and migrates configurations. Validation has three layers: each key by itself, rules across keys, and what makes sense in the
/// environment. It finds all that is wrong in one go; nothing in a document makes it throw or hang. Thread-safe.
/// </summary>
public static class MemoryConfiguration
{
    /// <summary>The version of the keys that this library reads.</summary>
    public const string CurrentVersion = "1.0";

    /// <summary>Validates a YAML or JSON document.</summary>
    /// <param name="text">The document.</param>
    /// <param name="name">The name of the document in messages.</param>
    public static MemoryConfigurationReport ValidateText(string text, string name = "configuration")
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(name);
        var document = YamlSettings.Read(text, name);
        return ConfigurationLoading.Load([new SettingLayer(document.Entries, IsDocument: true)], [.. document.Problems], isAlone: true);
    }

    /// <summary>Validates a file by itself, without environment variables and without the file for its environment.</summary>
    /// <param name="path">The file.</param>
    /// <remarks>
    /// A file with <c>rules</c>, or with policies by type of trigger, is validated as a policy file; its report has the default
    /// configuration.
    /// </remarks>
    public static MemoryConfigurationReport ValidateFile(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (SettingFile.TryRead(path, out var text) is { } failure) return ConfigurationLoading.Load([], [Unreadable(path, failure)]);
        return YamlTree.Read(text, []) is YamlMapping document && IsPolicyDocument(document)
            ? ConfigurationLoading.Load([], [.. PolicyYaml.Parse(text).Problems.Select(problem => PolicyFileRules.Issue(path, problem))])
            : ValidateText(text, path);
    }

    // The section 'policies' of a configuration has keys with single values; that of a policy file has policies.
    private static bool IsPolicyDocument(YamlMapping document) => document.Entries.Any(static entry =>
        entry.Key.Text == "rules" || entry is { Key.Text: "policies", Value: YamlMapping { Entries: var policies } }
            && policies.Any(static policy => policy.Value is YamlMapping));

    /// <summary>Validates a section, or a root that is about nothing else, with all its sources.</summary>
    /// <param name="configuration">The section, or a root that has it as <see cref="MemoryTriggersOptions.Section"/>.</param>
    /// <param name="root">The root that it is a section of; without it the report does not know where values come from.</param>
    public static MemoryConfigurationReport Validate(IConfiguration configuration, IConfigurationRoot? root = null)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return ConfigurationLoading.Load(configuration, root);
    }

    /// <summary>The document of a preset, as the beginning of a configuration.</summary>
    /// <param name="environment"><c>development</c>, <c>testing</c>, <c>staging</c> or <c>production</c>; <c>reference</c> for the defaults
    /// that these are on top of.</param>
    /// <exception cref="ArgumentException">There is no such preset.</exception>
    public static string BuiltIn(string environment) => BuiltInEnvironments.Text(environment);

    /// <summary>The JSON Schema of the keys, for editors.</summary>
    public static string JsonSchema() => ConfigurationJsonSchema.Write();

    /// <summary>
    /// Writes a file of an older <c>config_version</c> again, in the current one. The old file is kept beside it as
    /// <c>name.backup.yyyyMMdd_HHmmss.yaml</c>; its comments are only there. The file is replaced in one step.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="time">The clock for the name of the backup. <value>The system's.</value></param>
    /// <returns>The backup; <see langword="null"/> when the file has the current version, and stays as it is.</returns>
    /// <exception cref="MemoryConfigurationException">The file cannot be read, is newer than this library, or is wrong.</exception>
    /// <exception cref="IOException">It cannot be written, or the backup is there already.</exception>
    public static string? Migrate(string path, TimeProvider? time = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        path = Path.GetFullPath(path);
        if (SettingFile.TryRead(path, out var text) is { } failure) throw new MemoryConfigurationException([Unreadable(path, failure)]);
        var report = ValidateText(text, path);
        if (!report.IsValid) throw new MemoryConfigurationException(report.Refusals);
        return ConfigurationMigration.Run(path, text, report, time ?? TimeProvider.System);
    }

    private static MemoryConfigurationIssue Unreadable(string path, string failure) =>
        new(MemoryConfigurationSeverity.Error, IssueCodes.Load, "", failure) { Origin = new MemoryConfigurationOrigin(path) };
}
