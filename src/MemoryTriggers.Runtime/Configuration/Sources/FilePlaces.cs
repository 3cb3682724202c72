using Microsoft.Extensions.Configuration;

namespace MemoryTriggers.Configuration;

/// <summary>The place of a value of another provider in its file. JSON is nearly YAML: where it is not, only the file is named.</summary>
internal sealed class FilePlaces(IConfigurationProvider provider)
{
    private Dictionary<string, MemoryConfigurationOrigin>? _places;

    public MemoryConfigurationOrigin Find(string key)
    {
        var file = Name;
        _places ??= SettingFile.TryRead(file, out var text) is null
            ? YamlSettings.Read(text, file).Entries.ToDictionary(
                static entry => entry.Key, static entry => entry.Origin, StringComparer.OrdinalIgnoreCase)
            : [];
        return _places.GetValueOrDefault(key) ?? new MemoryConfigurationOrigin(file);
    }

    private string Name => provider is FileConfigurationProvider { Source: { Path: { } path } source }
        ? source.FileProvider?.GetFileInfo(path).PhysicalPath ?? path : "";
}
