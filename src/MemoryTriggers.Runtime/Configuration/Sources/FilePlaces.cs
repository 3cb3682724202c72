using Microsoft.Extensions.Configuration;

namespace MemoryTriggers.Configuration;

/// <summary>Where in its file a value of another provider stands. JSON is YAML, nearly: where it is not, only the file is told.</summary>
internal sealed class FilePlaces(IConfigurationProvider provider)
{
    private Dictionary<string, MemoryConfigurationOrigin>? _places;

    public MemoryConfigurationOrigin Find(string key)
    {
        var file = Name;
        _places ??= SettingFile.TryRead(file, out var text) is null
            ? YamlSettings.Read(text, file).Entries.ToDictionary(static entry => entry.Key, static entry => entry.Origin, StringComparer.OrdinalIgnoreCase)
            : [];
        return _places.GetValueOrDefault(key) ?? new MemoryConfigurationOrigin(file);
    }

    private string Name => provider is FileConfigurationProvider { Source: { Path: { } path } source } ? source.FileProvider?.GetFileInfo(path).PhysicalPath ?? path : "";
}
