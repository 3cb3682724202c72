using System.Buffers;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MemoryTriggers.Decoding;

/// <summary>Writes objects and lists within a number of bytes: what does not fit is left out, and a member at the end says so.</summary>
internal static class BoundedJson
{
    private const string Mark = "…";

    /// <summary>As it is when it fits, else its first parts.</summary>
    public static void Write(Utf8JsonWriter json, JsonNode? value, int maxBytes)
    {
        if (value is not (JsonObject or JsonArray))
        {
            if (value is null) json.WriteNullValue();
            else value.WriteTo(json, CompactJson.Options);
            return;
        }

        var bytes = Bytes(value);
        if (bytes.Length <= maxBytes)
        {
            json.WriteRawValue(bytes.Span, skipInputValidation: true);
            return;
        }

        var room = maxBytes;
        Cut(value, ref room, $"[cut: {bytes.Length.ToString(CultureInfo.InvariantCulture)} bytes]")!.WriteTo(json, CompactJson.Options);
    }

    // The mark takes room too, at each level that is cut.
    private static JsonNode? Cut(JsonNode? value, ref int room, string mark)
    {
        if (value is not (JsonObject or JsonArray))
        {
            room -= Bytes(value).Length;
            return value?.DeepClone();
        }

        room -= mark.Length + Mark.Length + 8;
        if (value is JsonArray items)
        {
            var kept = new JsonArray();
            foreach (var item in items)
            {
                if (!Fits(item, room))
                {
                    if (item is JsonObject or JsonArray && room > mark.Length * 3) kept.Add(Cut(item, ref room, mark));
                    kept.Add((JsonNode)mark);
                    break;
                }

                kept.Add(Cut(item, ref room, mark));
                room--;
            }

            return kept;
        }

        var members = new JsonObject();
        foreach (var (name, member) in (JsonObject)value)
        {
            var cost = name.Length * 3 + 4;
            if (!Fits(member, room - cost))
            {
                if (member is JsonObject or JsonArray && room > mark.Length * 3)
                {
                    room -= cost;
                    members[name] = Cut(member, ref room, mark);
                }

                members[Mark] = mark;
                break;
            }

            room -= cost;
            members[name] = Cut(member, ref room, mark);
        }

        return members;
    }

    private static bool Fits(JsonNode? value, int room) => room > 0 && Bytes(value).Length <= room;

    private static ReadOnlyMemory<byte> Bytes(JsonNode? value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, CompactJson.WriterOptions))
        {
            if (value is null) json.WriteNullValue();
            else value.WriteTo(json, CompactJson.Options);
        }

        return buffer.WrittenMemory;
    }
}
