using System.Text.Json;

namespace MemoryTriggers.Policies;

/// <summary>Copies JSON, with each text changed. Names of members stay.</summary>
internal static class JsonTexts
{
    public static void Write(JsonElement element, Utf8JsonWriter json, Func<string, string> change) => Write(element, "", json,
        (text, _, writer) => writer.WriteStringValue(change(text)));

    /// <param name="element">What to copy.</param>
    /// <param name="member">The name of the member that it is.</param>
    /// <param name="json">Where to.</param>
    /// <param name="write">Writes a text of the member of that name.</param>
    public static void Write(JsonElement element, string member, Utf8JsonWriter json, Action<string, string, Utf8JsonWriter> write)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                json.WriteStartObject();
                foreach (var property in element.EnumerateObject())
                {
                    json.WritePropertyName(property.Name);
                    Write(property.Value, property.Name, json, write);
                }

                json.WriteEndObject();
                break;
            case JsonValueKind.Array:
                json.WriteStartArray();
                foreach (var item in element.EnumerateArray()) Write(item, member, json, write);
                json.WriteEndArray();
                break;
            case JsonValueKind.String:
                write(element.GetString()!, member, json);
                break;
            default:
                element.WriteTo(json);
                break;
        }
    }
}
