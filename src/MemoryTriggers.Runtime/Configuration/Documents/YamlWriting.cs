using System.Globalization;
using System.Text;

namespace MemoryTriggers.Configuration;

/// <summary>Sections as YAML. Texts are always quoted: whatever is in them, they are read back as texts.</summary>
internal static class YamlWriting
{
    /// <param name="type">The keys.</param>
    /// <param name="settings">Their values.</param>
    /// <param name="path">Where the section is.</param>
    /// <param name="yaml">Gets the text.</param>
    /// <param name="isWanted">Which keys, by their paths, are written.</param>
    public static void Section(SettingsType type, object settings, string path, StringBuilder yaml, Func<string, bool> isWanted)
    {
        var indent = path.Length == 0 ? 0 : path.Count(static character => character == '\n') + 1;
        foreach (var property in type.Properties)
        {
            var value = property.Get(settings);
            var member = path.Length == 0 ? property.Name : $"{path}\n{property.Name}";
            if (value is null || property.IsSecret) continue;
            switch (property.Kind)
            {
                case SettingKind.Section:
                    var inner = new StringBuilder();
                    Section(property.Inner!, value, member, inner, isWanted);
                    if (inner.Length > 0) Name(indent, property.Name, yaml).Append('\n').Append(inner);
                    break;
                case SettingKind.Map:
                    Map(property, value, member, yaml, isWanted);
                    break;
                case var _ when !isWanted(member.Replace('\n', '.')):
                    break;
                case SettingKind.List:
                    Name(indent, property.Name, yaml).Append(" [").AppendJoin(", ", ((IReadOnlyList<string>)value).Select(Quoted)).Append("]\n");
                    break;
                default:
                    Name(indent, property.Name, yaml).Append(' ').Append(value is string text ? Quoted(text) : SettingText.Plain(value)).Append('\n');
                    break;
            }
        }
    }

    private static StringBuilder Name(int indent, string name, StringBuilder yaml) => yaml.Append(' ', indent * 2).Append(name).Append(':');

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

    private static void Map(SettingProperty property, object map, string path, StringBuilder yaml, Func<string, bool> isWanted)
    {
        var indent = path.Count(static character => character == '\n');
        List<(string Name, object Settings)> members = [.. ConfigurationValues.Members(map)];
        if (members.Count == 0) return;
        Name(indent, property.Name, yaml).Append('\n');
        foreach (var (name, settings) in members)
        {
            Name(indent + 1, Quoted(name), yaml).Append('\n');
            Section(property.Inner!, settings, $"{path}\n{name}", yaml, isWanted);
        }
    }
}
