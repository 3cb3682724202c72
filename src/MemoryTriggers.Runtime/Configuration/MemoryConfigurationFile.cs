using System.Globalization;
using MemoryTriggers.Configuration;
using MemoryTriggers.Yaml;

namespace MemoryTriggers;

/// <summary>Changes configuration files.</summary>
public static class MemoryConfigurationFile
{
    /// <summary>
    /// Writes a file of an older <c>config_version</c> again, in the current one. The old file is kept beside it as
    /// <c>name.backup.yyyyMMdd_HHmmss.yaml</c>; its comments
    /// are only there. The file is replaced in one step.
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
        if (SettingFile.TryRead(path, out var text) is { } failure)
            throw new MemoryConfigurationException([new MemoryConfigurationIssue(MemoryConfigurationSeverity.Error, IssueCodes.Load, "", failure) { Origin = new MemoryConfigurationOrigin(path) }]);
        var report = MemoryConfigurationValidator.ValidateText(text, path);
        if (!report.IsValid) throw new MemoryConfigurationException(report.Refusals);
        if (ConfigurationVersions.IsOlder(YamlSettings.Read(text, path).Values.GetValueOrDefault("config_version")) != true) return null;

        var said = report.Values.Where(static value => value.Origin.Line > 0 && !value.Origin.Source.StartsWith("built-in", StringComparison.Ordinal)).Select(static value => value.Path).ToHashSet(StringComparer.Ordinal);
        var yaml = YamlWriter.Write(ConfigurationJson.Of(SettingTypes.Root, report.Configuration, said.Contains), isStrict: true);
        var now = (time ?? TimeProvider.System).GetLocalNow();
        var backup = Path.Combine(Path.GetDirectoryName(path)!, $"{Path.GetFileNameWithoutExtension(path)}.backup.{now.ToString("yyyyMMdd_HHmmss", CultureInfo.InvariantCulture)}{Path.GetExtension(path)}");
        File.Copy(path, backup, overwrite: false);
        SettingFile.Replace(path, yaml);
        return backup;
    }
}
