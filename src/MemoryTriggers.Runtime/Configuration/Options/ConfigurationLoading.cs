using Microsoft.Extensions.Configuration;

namespace MemoryTriggers.Configuration;

/// <summary>From sources to a checked configuration.</summary>
internal static class ConfigurationLoading
{
    public static MemoryConfigurationReport Load(IConfiguration configuration, IConfigurationRoot? root)
    {
        var issues = new List<MemoryConfigurationIssue>();
        return Load(SettingSources.Read(configuration, root, issues), issues);
    }

    /// <param name="layers">What the sources say.</param>
    /// <param name="issues">What was found while they were read.</param>
    /// <param name="isAlone">Whether nothing else is known: no code of a program adds to it.</param>
    public static MemoryConfigurationReport Load(
        IReadOnlyList<SettingLayer> layers, List<MemoryConfigurationIssue> issues, bool isAlone = false)
    {
        List<SettingLayer> translated = [.. layers.Select(layer => ConfigurationVersions.Translate(layer, issues))];
        if (Tree(translated, []).Root.Find("preset")?.Value is { } name && BuiltInEnvironments.Presets.Contains(name))
            translated.InsertRange(0, BuiltInEnvironments.Layers(name));

        var tree = Tree(translated, issues);
        // What cannot be read may lack anything: missing keys are not reported.
        if (translated.Exists(static layer => layer.IsDocument) && !issues.Exists(static issue => issue.Code == IssueCodes.Load))
            Require(tree.Root, issues);
        var binder = new ConfigurationBinder(issues);
        var configuration = (ConfigurationSnapshot)binder.Bind(SettingTypes.Root, tree.Root);
        return ConfigurationReporting.Report(configuration, binder.Origins, issues, isAlone);
    }

    /// <summary>A preset, and nothing else.</summary>
    public static MemoryConfigurationReport Preset(string name) => Load([.. BuiltInEnvironments.Layers(name)], []);

    private static SettingTree Tree(IEnumerable<SettingLayer> layers, List<MemoryConfigurationIssue> issues)
    {
        var tree = new SettingTree(issues);
        foreach (var layer in layers) tree.Add(layer.Entries);
        return tree;
    }

    private static void Require(SettingNode root, List<MemoryConfigurationIssue> issues)
    {
        foreach (var missing in SettingTypes.Root.Properties.Where(property => property.IsRequired && root.Find(property.Name) is null))
        {
            var example = missing.Allowed.Count > 0 ? string.Join(", ", missing.Allowed) : "true";
            issues.Add(new MemoryConfigurationIssue(
                MemoryConfigurationSeverity.Error, IssueCodes.Schema, missing.Name, "is missing", $"add '{missing.Name}' ({example})"));
        }
    }
}
