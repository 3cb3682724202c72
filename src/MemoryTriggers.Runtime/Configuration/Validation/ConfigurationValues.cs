using System.Collections;

namespace MemoryTriggers.Configuration;

/// <summary>A configuration as a list of values.</summary>
internal static class ConfigurationValues
{
    public static IReadOnlyList<MemoryConfigurationValue> Of(
        ConfigurationSnapshot configuration, IReadOnlyDictionary<string, MemoryConfigurationOrigin> origins)
    {
        var values = new List<MemoryConfigurationValue>();
        Walk(SettingTypes.Root, configuration, "", (path, property, value) => values.Add(
            new MemoryConfigurationValue(
                path, SettingText.Show(property, value), origins.GetValueOrDefault(path) ?? MemoryConfigurationOrigin.Default)));
        return values;
    }

    /// <summary>Visits every key that is no section.</summary>
    public static void Walk(SettingsType type, object settings, string path, Action<string, SettingProperty, object?> visit)
    {
        foreach (var property in type.Properties)
        {
            var member = path.Length == 0 ? property.Name : $"{path}.{property.Name}";
            var value = property.Get(settings);
            if (property.Kind == SettingKind.Section) Walk(property.Inner!, value!, member, visit);
            else if (property.Kind == SettingKind.Map)
                foreach (var (name, inner) in Members(value!)) Walk(property.Inner!, inner, $"{member}.{name}", visit);
            else visit(member, property, value);
        }
    }

    /// <summary>The members of a map of sections.</summary>
    public static IEnumerable<(string Name, object Settings)> Members(object map)
    {
        foreach (DictionaryEntry entry in (IDictionary)map) yield return ((string)entry.Key, entry.Value!);
    }
}
