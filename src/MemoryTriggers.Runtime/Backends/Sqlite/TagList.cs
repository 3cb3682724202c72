using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MemoryTriggers.Backends.Sqlite;

/// <summary>Tags as a JSON array. Letters stay letters, because the full-text index reads the same column.</summary>
internal static class TagList
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(IReadOnlyList<string> tags)
    {
        if (tags.Count == 0) return "[]";

        var buffer = new ArrayBufferWriter<byte>(64);
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            writer.WriteStartArray();
            for (var i = 0; i < tags.Count; i++) writer.WriteStringValue(tags[i]);
            writer.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public static string[] Read(ReadOnlySpan<byte> json)
    {
        if (json.Length <= 2) return [];

        var tags = new List<string>();
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
            if (reader.TokenType == JsonTokenType.String) tags.Add(reader.GetString()!);
        return [.. tags];
    }
}
