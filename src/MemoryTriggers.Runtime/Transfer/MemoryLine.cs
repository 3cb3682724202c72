using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace MemoryTriggers.Transfer;

/// <summary>
/// Reads one memory from JSON. An optional property that is missing or null has its default; an error names the property and what is
/// expected there, never the value.
/// </summary>
internal static class MemoryLine
{
    private static readonly string[] Required = ["id", "key", "content", "created_at"];

    // As the serializer writes them: a constructor made from init properties does not know their initial values.
    private static readonly JsonElement Defaults = JsonSerializer.SerializeToElement(
        new MemoryEntry { Id = Guid.Empty, Key = "", Content = "", CreatedAt = default }, MemoryJson.Compact.MemoryEntry);

    /// <exception cref="FormatException">It is no memory.</exception>
    public static MemoryEntry Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return Read(document.RootElement);
        }
        catch (JsonException exception)
        {
            throw new FormatException($"it is no valid JSON at byte {exception.BytePositionInLine + 1}.", exception);
        }
    }

    /// <exception cref="FormatException">It is no memory.</exception>
    public static MemoryEntry Read(JsonElement json)
    {
        try
        {
            return ReadObject(json);
        }
        catch (InvalidOperationException exception)
        {
            // Half a surrogate pair, or bytes that are no UTF-8: found when a name is first read as text.
            throw new FormatException("the name of a property is no valid Unicode.", exception);
        }
    }

    private static MemoryEntry ReadObject(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
            throw new FormatException($"an object in braces is expected, and it is {NameOf(json.ValueKind)}.");
        foreach (var name in Required)
        {
            if (!Has(json, name))
                throw new FormatException($"the property '{name}' is missing; expected is {MemoryProperties.Expected(name)}.");
        }

        var entry = Deserialize(Complete(json));
        if (entry.Tags.Contains(null!)) throw Unexpected("tags", null);
        return Has(json, "updated_at") ? entry : entry with { UpdatedAt = entry.CreatedAt };
    }

    private static MemoryEntry Deserialize(ReadOnlyMemory<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json.Span, MemoryJson.Compact.MemoryEntry)!;
        }
        catch (JsonException exception)
        {
            throw Unexpected(exception.Path?.TrimStart('$', '.') ?? "", exception);
        }
        catch (ArgumentException exception)
        {
            throw Unexpected(JsonNamingPolicy.SnakeCaseLower.ConvertName(exception.ParamName ?? ""), exception);
        }
    }

    private static FormatException Unexpected(string path, Exception? cause) =>
        new($"the property '{path}' is not {MemoryProperties.Expected(path)}.", cause);

    private static ReadOnlyMemory<byte> Complete(JsonElement json)
    {
        var completed = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(completed)) Write(writer, json, Defaults);
        return completed.WrittenMemory;
    }

    // What is given stays as it is written, to the character.
    private static void Write(Utf8JsonWriter writer, JsonElement given, JsonElement defaults)
    {
        writer.WriteStartObject();
        foreach (var property in given.EnumerateObject())
        {
            if (property.Value.ValueKind == JsonValueKind.Null) continue;
            writer.WritePropertyName(property.Name);
            if (property is { Name: "provenance", Value.ValueKind: JsonValueKind.Object })
                Write(writer, property.Value, defaults.GetProperty(property.Name));
            else
                writer.WriteRawValue(JsonMarshal.GetRawUtf8Value(property.Value), skipInputValidation: true);
        }

        foreach (var property in defaults.EnumerateObject())
        {
            if (Has(given, property.Name)) continue;
            writer.WritePropertyName(property.Name);
            writer.WriteRawValue(JsonMarshal.GetRawUtf8Value(property.Value), skipInputValidation: true);
        }

        writer.WriteEndObject();
    }

    private static bool Has(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null;

    private static string NameOf(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "text",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => "true or false",
    };
}
