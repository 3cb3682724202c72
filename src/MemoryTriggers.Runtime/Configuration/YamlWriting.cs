using System.Globalization;
using System.Text;

namespace MemoryTriggers.Configuration;

/// <summary>Sections as YAML. Texts are always quoted: whatever is in them, they are read back as texts.</summary>
internal static class YamlWriting
{
    public static void Section(SettingsType type, object settings, int indent, StringBuilder yaml, Func<SettingProperty, bool> isWanted)
    {
        foreach (var property in type.Properties.Where(isWanted))
        {
            var value = property.Get(settings);
            if (value is null || property.IsSecret) continue;
            yaml.Append(' ', indent).Append(property.Name).Append(':');
            switch (property.Kind)
            {
                case SettingKind.Section:
                    yaml.Append('\n');
                    Section(property.Inner!, value, indent + 2, yaml, static _ => true);
                    break;
                case SettingKind.Map:
                    Map(property, value, indent + 2, yaml);
                    break;
                case SettingKind.List:
                    yaml.Append(" [").AppendJoin(", ", ((IReadOnlyList<string>)value).Select(Quoted)).Append("]\n");
                    break;
                default:
                    yaml.Append(' ').Append(value is string text ? Quoted(text) : SettingText.Plain(value)).Append('\n');
                    break;
            }
        }
    }

    /// <summary>A text in double quotes.</summary>
    public static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"", text.Length + 2);
        foreach (var character in text)
        {
            if (character is '"' or '\\') quoted.Append('\\').Append(character);
            else if (char.IsControl(character) || character is '\u2028' or '\u2029' or '\ufeff') quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}");
            else quoted.Append(character);
        }

        return quoted.Append('"').ToString();
    }

    private static void Map(SettingProperty property, object map, int indent, StringBuilder yaml)
    {
        List<(string Name, object Settings)> members = [.. ConfigurationValues.Members(map)];
        yaml.Append(members.Count == 0 ? " {}\n" : "\n");
        foreach (var (name, settings) in members)
        {
            yaml.Append(' ', indent).Append(Quoted(name)).Append(":\n");
            Section(property.Inner!, settings, indent + 2, yaml, static _ => true);
        }
    }
}
