using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MemoryTriggers.Configuration;

/// <summary>
/// The keys as a JSON Schema (2020-12), which editors use for YAML as well. Not by JsonSchemaExporter: of a key it knows neither unit nor bounds, default or
/// effect, and without source generation it needs reflection that PublishAot does not have.
/// </summary>
internal static class ConfigurationJsonSchema
{
    private static readonly JsonWriterOptions Form = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write()
    {
        var schema = new JsonObject { ["$schema"] = "https://json-schema.org/draft/2020-12/schema", ["title"] = "The configuration of MemoryTriggers" };
        Section(schema, SettingTypes.Root, SettingTypes.Root.Create());
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Form)) schema.WriteTo(json);
        return Encoding.UTF8.GetString(buffer.WrittenSpan) + "\n";
    }

    private static void Section(JsonObject schema, SettingsType type, object defaults)
    {
        schema["type"] = "object";
        schema["additionalProperties"] = false;
        string[] required = [.. type.Properties.Where(static property => property.IsRequired).Select(static property => property.Name)];
        if (required.Length > 0) schema["required"] = Texts(required);
        schema["properties"] = new JsonObject(type.Properties.Select(property => KeyValuePair.Create<string, JsonNode?>(property.Name, Key(property, defaults))));
    }

    private static JsonObject Key(SettingProperty property, object defaults)
    {
        var schema = new JsonObject { ["description"] = property.Effect };
        if (property.Kind == SettingKind.Section) Section(schema, property.Inner!, property.Get(defaults)!);
        else if (property.Kind == SettingKind.Map) Map(schema, property);
        else Single(schema, property, property.Get(defaults));
        return schema;
    }

    private static void Map(JsonObject schema, SettingProperty property)
    {
        var member = new JsonObject();
        Section(member, property.Inner!, property.Inner!.Create());
        schema["type"] = "object";
        if (property.Form == "types") schema["propertyNames"] = new JsonObject { ["enum"] = Texts(Enum.GetValues<TriggerType>().Select(static type => type.Name())) };
        schema["additionalProperties"] = member;
    }

    private static void Single(JsonObject schema, SettingProperty property, object? standard)
    {
        // A key without a value counts as absent.
        schema["type"] = Texts([TypeName(property.Kind), "null"]);
        if (property.Kind == SettingKind.List) schema["items"] = new JsonObject { ["type"] = "string" };
        if (property.Minimum is { } minimum) schema["minimum"] = minimum;
        if (property.Maximum is { } maximum) schema["maximum"] = maximum;
        if (property.Pattern is { } pattern) schema["pattern"] = pattern.Pattern;
        if (property.Allowed.Count > 0) schema["enum"] = Texts([.. property.Allowed, null]);
        if (property.IsSecret) schema["writeOnly"] = true;
        if (standard is not null) schema["default"] = ConfigurationJson.Value(standard);
    }

    private static string TypeName(SettingKind kind) => kind switch
    {
        SettingKind.Truth => "boolean",
        SettingKind.Integer => "integer",
        SettingKind.Number => "number",
        SettingKind.List => "array",
        _ => "string",
    };

    private static JsonArray Texts(IEnumerable<string?> texts) => new([.. texts.Select(static text => (JsonNode?)text)]);
}
