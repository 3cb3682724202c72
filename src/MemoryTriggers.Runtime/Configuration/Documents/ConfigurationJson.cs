using System.Text.Json.Nodes;

namespace MemoryTriggers.Configuration;

/// <summary>Sections as JSON, to be written in whatever form. Keys without a value are left out, and secrets.</summary>
internal static class ConfigurationJson
{
    /// <param name="type">The keys.</param>
    /// <param name="settings">Their values.</param>
    /// <param name="isWanted">Which keys, by their paths, are written.</param>
    public static JsonObject Of(SettingsType type, object settings, Func<string, bool> isWanted) => Section(type, settings, "", isWanted);

    /// <summary>The value of a key that is no section.</summary>
    public static JsonNode Value(object value) => value switch
    {
        IReadOnlyList<string> list => new JsonArray([.. list.Select(static item => JsonValue.Create(item))]),
        string text => JsonValue.Create(text),
        _ => JsonNode.Parse(SettingText.Plain(value))!,
    };

    private static JsonObject Section(SettingsType type, object settings, string path, Func<string, bool> isWanted)
    {
        var json = new JsonObject();
        foreach (var property in type.Properties.Where(static property => !property.IsSecret))
        {
            if (property.Get(settings) is not { } value) continue;
            var member = path.Length == 0 ? property.Name : $"{path}.{property.Name}";
            if (property.Kind == SettingKind.Section) Add(json, property.Name, Section(property.Inner!, value, member, isWanted));
            else if (property.Kind == SettingKind.Map) Add(json, property.Name, Map(property.Inner!, value, member, isWanted));
            else if (isWanted(member)) json[property.Name] = Value(value);
        }

        return json;
    }

    private static JsonObject Map(SettingsType type, object map, string path, Func<string, bool> isWanted)
    {
        var json = new JsonObject();
        foreach (var (name, settings) in ConfigurationValues.Members(map)) json[name] = Section(type, settings, $"{path}.{name}", isWanted);
        return json;
    }

    private static void Add(JsonObject json, string name, JsonObject section)
    {
        if (section.Count > 0) json[name] = section;
    }
}
