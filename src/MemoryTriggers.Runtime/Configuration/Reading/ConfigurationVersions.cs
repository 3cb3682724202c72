using System.Globalization;

namespace MemoryTriggers.Configuration;

/// <summary>
/// Translates what older versions said. Version 0.9 is the form of the reference's first service: <c>orchestrator</c>, <c>policies</c>,
/// <c>hooks</c>.
/// </summary>
internal static class ConfigurationVersions
{
    private const string Key = "config_version";

    private static (int, int) Current => Parse(MemoryConfiguration.CurrentVersion)!.Value;

    // Without a new name, a key said what nothing here has to be told.
    private static readonly Dictionary<string, string?> Renamed = new(StringComparer.OrdinalIgnoreCase)
    {
        ["orchestrator:enabled"] = "global_enabled",
        ["orchestrator:batch_size"] = "performance:batch_size",
        ["orchestrator:timeout_seconds"] = "performance:create_timeout",
        ["orchestrator:max_queue_size"] = "performance:background_queue_size",
        ["orchestrator:processing_interval"] = null,
        ["policies:enabled"] = null,
        ["policies:default_decision"] = null,
        ["policies:rate_limiting"] = null,
        ["hooks:capture_args"] = null,
    };

    // What a document did not have to say then.
    private static readonly (string Key, string Value)[] Added = [("environment", "development"), ("global_enabled", "true")];

    /// <summary>Whether a version is older than the one that is read; <see langword="null"/> when it is no version.</summary>
    public static bool? IsOlder(string? version) => Parse(version) is { } given ? given.CompareTo(Current) < 0 : null;

    public static SettingLayer Translate(SettingLayer layer, List<MemoryConfigurationIssue> issues)
    {
        var version = layer.Entries.LastOrDefault(static entry => string.Equals(entry.Key, Key, StringComparison.OrdinalIgnoreCase));
        if (Parse(version.Value) is not { } given) return layer;
        var order = given.CompareTo(Current);
        if (order == 0) return layer;
        if (order > 0)
        {
            issues.Add(new MemoryConfigurationIssue(
                MemoryConfigurationSeverity.Error, IssueCodes.Version, Key,
                $"is {version.Value}; this library reads up to {MemoryConfiguration.CurrentVersion}",
                "use a newer library, or write the configuration in a version that this one reads") { Origin = version.Origin });
            return layer;
        }

        issues.Add(new MemoryConfigurationIssue(
            MemoryConfigurationSeverity.Warning, IssueCodes.Version, Key,
            $"is {version.Value}, and was translated to {MemoryConfiguration.CurrentVersion}",
            "MemoryConfiguration.Migrate writes the file again, with a backup") { Origin = version.Origin });
        List<SettingEntry> entries = [.. layer.Entries.Select(entry => Translate(entry, issues)).OfType<SettingEntry>()];
        foreach (var (key, value) in Added)
        {
            if (!entries.Exists(entry => string.Equals(entry.Key, key, StringComparison.OrdinalIgnoreCase)))
                entries.Add(new SettingEntry(key, value, version.Origin));
        }

        return layer with { Entries = entries };
    }

    private static SettingEntry? Translate(SettingEntry entry, List<MemoryConfigurationIssue> issues)
    {
        if (string.Equals(entry.Key, Key, StringComparison.OrdinalIgnoreCase))
            return entry with { Value = MemoryConfiguration.CurrentVersion };
        // The sections of then are gone; their values say where they stood.
        if (entry.IsPlace && (entry.Key is "orchestrator" or "policies")) return null;
        if (!Renamed.TryGetValue(entry.Key, out var name)) return entry;
        if (name is not null) return entry with { Key = name };
        var path = entry.Key.Replace(':', '.');
        issues.Add(new MemoryConfigurationIssue(
            MemoryConfigurationSeverity.Info, IssueCodes.Version, path, "is left out: it has no counterpart in this version",
            InertKeys.Find(path)?.Instead ?? "") { Origin = entry.Origin });
        return null;
    }

    private static (int Major, int Minor)? Parse(string? version) =>
        version?.Split('.') is [var major, var minor] &&
            int.TryParse(major, NumberStyles.None, CultureInfo.InvariantCulture, out var first) &&
        int.TryParse(minor, NumberStyles.None, CultureInfo.InvariantCulture, out var second) ? (first, second) : null;
}
