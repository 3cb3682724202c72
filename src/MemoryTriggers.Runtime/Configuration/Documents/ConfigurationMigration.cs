using System.Globalization;
using MemoryTriggers.Files;
using MemoryTriggers.Yaml;

namespace MemoryTriggers.Configuration;

/// <summary>Writes a file of an older version again, in the current one.</summary>
internal static class ConfigurationMigration
{
    /// <returns>The backup; <see langword="null"/> when the file has the current version.</returns>
    public static string? Run(string path, string text, MemoryConfigurationReport report, TimeProvider time)
    {
        if (ConfigurationVersions.IsOlder(YamlSettings.Read(text, path).Values.GetValueOrDefault("config_version")) != true) return null;
        var said = report.Values.Where(static value => IsOfTheFile(value.Origin)).Select(static value => value.Path)
            .ToHashSet(StringComparer.Ordinal);
        var yaml = YamlWriter.Write(ConfigurationJson.Of(SettingTypes.Root, report.Configuration, said.Contains), isStrict: true);
        var now = time.GetLocalNow().ToString("yyyyMMdd_HHmmss", CultureInfo.InvariantCulture);
        var backup = Path.Combine(
            Path.GetDirectoryName(path)!, $"{Path.GetFileNameWithoutExtension(path)}.backup.{now}{Path.GetExtension(path)}");
        WholeFile.Copy(path, backup);
        SettingFile.Replace(path, yaml);
        return backup;
    }

    private static bool IsOfTheFile(MemoryConfigurationOrigin origin) =>
        origin.Line > 0 && !origin.Source.StartsWith("built-in", StringComparison.Ordinal);
}
