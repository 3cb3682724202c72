using System.Buffers;
using System.Text;
using System.Text.Json;

namespace MemoryTriggers.Configuration;

/// <summary>The keys as a JSON Schema (2020-12), which editors use for YAML as well.</summary>
internal static class ConfigurationJsonSchema
{
    public static string Write()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("$schema", "https://json-schema.org/draft/2020-12/schema");
            json.WriteString("title", "The configuration of MemoryTriggers");
            Section(json, SettingTypes.Root, SettingTypes.Root.Create());
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan) + "\n";
    }

    private static void Section(Utf8JsonWriter json, SettingsType type, object defaults)
    {
        json.WriteString("type", "object");
        json.WriteBoolean("additionalProperties", false);
        string[] required = [.. type.Properties.Where(static property => property.IsRequired).Select(static property => property.Name)];
        if (required.Length > 0) Strings(json, "required", required);
        json.WriteStartObject("properties");
        foreach (var property in type.Properties)
        {
            json.WriteStartObject(property.Name);
            json.WriteString("description", property.Effect);
            if (property.Kind == SettingKind.Section) Section(json, property.Inner!, property.Get(defaults)!);
            else if (property.Kind == SettingKind.Map) Map(json, property);
            else Single(json, property, property.Get(defaults));
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void Map(Utf8JsonWriter json, SettingProperty property)
    {
        json.WriteString("type", "object");
        if (property.Form == "types")
        {
            json.WriteStartObject("propertyNames");
            Strings(json, "enum", [.. Enum.GetValues<TriggerType>().Select(static type => type.Name())]);
            json.WriteEndObject();
        }

        json.WriteStartObject("additionalProperties");
        Section(json, property.Inner!, property.Inner!.Create());
        json.WriteEndObject();
    }

    private static void Single(Utf8JsonWriter json, SettingProperty property, object? standard)
    {
        // A key without a value counts as absent.
        Strings(json, "type", [TypeName(property.Kind), "null"]);
        if (property.Kind == SettingKind.List)
        {
            json.WriteStartObject("items");
            json.WriteString("type", "string");
            json.WriteEndObject();
        }

        if (property.Minimum is { } minimum) json.WriteNumber("minimum", minimum);
        if (property.Maximum is { } maximum) json.WriteNumber("maximum", maximum);
        if (property.Pattern is { } pattern) json.WriteString("pattern", pattern.Pattern);
        if (property.Allowed.Count > 0)
        {
            json.WriteStartArray("enum");
            foreach (var allowed in property.Allowed) json.WriteStringValue(allowed);
            json.WriteNullValue();
            json.WriteEndArray();
        }

        if (property.IsSecret) json.WriteBoolean("writeOnly", true);
        if (standard is not null) Default(json, standard);
    }

    private static void Default(Utf8JsonWriter json, object standard)
    {
        json.WritePropertyName("default");
        if (standard is IReadOnlyList<string> list)
        {
            json.WriteStartArray();
            foreach (var item in list) json.WriteStringValue(item);
            json.WriteEndArray();
        }
        else if (standard is string text)
        {
            json.WriteStringValue(text);
        }
        else
        {
            json.WriteRawValue(SettingText.Plain(standard));
        }
    }

    private static string TypeName(SettingKind kind) => kind switch
    {
        SettingKind.Truth => "boolean",
        SettingKind.Integer => "integer",
        SettingKind.Number => "number",
        SettingKind.List => "array",
        _ => "string",
    };

    private static void Strings(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values) json.WriteStringValue(value);
        json.WriteEndArray();
    }
}
