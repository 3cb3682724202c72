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
        return value is JsonArray items ? CutItems(items, ref room, mark) : CutMembers((JsonObject)value, ref room, mark);
    }

    private static JsonArray CutItems(JsonArray items, ref int room, string mark)
    {
        var kept = new JsonArray();
        foreach (var item in items)
        {
            if (!Fits(item, room))
            {
                if (IsWorthCutting(item, room, mark)) kept.Add(Cut(item, ref room, mark));
                kept.Add((JsonNode)mark);
                break;
            }

            kept.Add(Cut(item, ref room, mark));
            room--;
        }

        return kept;
    }

    private static JsonObject CutMembers(JsonObject members, ref int room, string mark)
    {
        var kept = new JsonObject();
        foreach (var (name, member) in members)
        {
            var cost = name.Length * 3 + 4;
            var fits = Fits(member, room - cost);
            if (fits || IsWorthCutting(member, room, mark))
            {
                room -= cost;
                kept[name] = Cut(member, ref room, mark);
            }

            if (fits) continue;
            kept[Mark] = mark;
            break;
        }

        return kept;
    }

    private static bool IsWorthCutting(JsonNode? value, int room, string mark) =>
        value is JsonObject or JsonArray && room > mark.Length * 3;

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
