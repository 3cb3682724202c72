using System.Globalization;
using System.Text.Json.Nodes;
using MemoryTriggers.Capture;

namespace MemoryTriggers.Decoding;

/// <summary>Reads captured values as JSON. What JSON cannot say (NaN, infinities) becomes text.</summary>
internal static class CaptureValueReader
{
    // The writer goes no deeper than CaptureFormat.MaxDepth; bytes that do are damaged, and must not end the process.
    private const int MaxDepth = CaptureFormat.MaxDepth + 2;

    public static JsonNode? Read(ref CaptureReader reader) => Value(ref reader, (CaptureValue)reader.Byte(), 0);

    private static JsonNode? Value(ref CaptureReader reader, CaptureValue code, int depth)
    {
        if (depth > MaxDepth) throw new CaptureFormatException("a value is nested too deep");

        return code switch
        {
            CaptureValue.Null => null,
            CaptureValue.False => JsonValue.Create(false),
            CaptureValue.True => JsonValue.Create(true),
            CaptureValue.Int32 => JsonValue.Create(reader.Int32()),
            CaptureValue.Int64 => JsonValue.Create(reader.Int64()),
            CaptureValue.UInt64 => JsonValue.Create((ulong)reader.Int64()),
            CaptureValue.Double => Number(BitConverter.Int64BitsToDouble(reader.Int64())),
            CaptureValue.Single => Number(BitConverter.Int32BitsToSingle(reader.Int32())),
            CaptureValue.Decimal => JsonValue.Create(Decimal(ref reader)),
            CaptureValue.String or CaptureValue.Marker => JsonValue.Create(reader.String()),
            CaptureValue.TruncatedString => Truncated(ref reader),
            CaptureValue.Guid => JsonValue.Create(reader.Guid()),
            CaptureValue.DateTime => JsonValue.Create(DateTime.FromBinary(reader.Int64())),
            CaptureValue.DateTimeOffset => Offset(ref reader),
            CaptureValue.TimeSpan => JsonValue.Create(new TimeSpan(reader.Int64()).ToString("c", CultureInfo.InvariantCulture)),
            CaptureValue.Object => Object(ref reader, depth),
            CaptureValue.Array => Array(ref reader, depth),
            _ => throw new CaptureFormatException($"unknown value {(byte)code}"),
        };
    }

    private static JsonObject Object(ref CaptureReader reader, int depth)
    {
        var json = new JsonObject();
        while ((CaptureValue)reader.Byte() is var code && code != CaptureValue.End)
        {
            if (code != CaptureValue.String) throw new CaptureFormatException("a member has no name");
            var name = reader.String();
            json[name] = Value(ref reader, (CaptureValue)reader.Byte(), depth + 1);
        }

        return json;
    }

    private static JsonArray Array(ref CaptureReader reader, int depth)
    {
        var json = new JsonArray();
        while ((CaptureValue)reader.Byte() is var code && code != CaptureValue.End)
        {
            if (code == CaptureValue.More)
            {
                var count = reader.Int32();
                json.Add((JsonNode)(count < 0 ? "[more items]" : $"[{count.ToString(CultureInfo.InvariantCulture)} more items]"));
            }
            else
            {
                json.Add(Value(ref reader, code, depth + 1));
            }
        }

        return json;
    }

    private static JsonValue Number(double number) => double.IsFinite(number)
        ? JsonValue.Create(number)
        : JsonValue.Create(number.ToString(CultureInfo.InvariantCulture));

    private static JsonValue Number(float number) => float.IsFinite(number)
        ? JsonValue.Create(number)
        : JsonValue.Create(number.ToString(CultureInfo.InvariantCulture));

    private static decimal Decimal(ref CaptureReader reader)
    {
        ReadOnlySpan<int> parts = [reader.Int32(), reader.Int32(), reader.Int32(), reader.Int32()];
        try
        {
            return new decimal(parts);
        }
        catch (ArgumentException)
        {
            throw new CaptureFormatException("a decimal is out of range");
        }
    }

    private static JsonValue Truncated(ref CaptureReader reader)
    {
        var characters = reader.Int32();
        return JsonValue.Create($"{reader.String()}… [{characters.ToString(CultureInfo.InvariantCulture)} characters]");
    }

    private static JsonValue Offset(ref CaptureReader reader)
    {
        var (ticks, minutes) = (reader.Int64(), reader.Int32());
        try
        {
            return JsonValue.Create(new DateTimeOffset(ticks, TimeSpan.Zero).ToOffset(TimeSpan.FromMinutes(minutes)));
        }
        catch (ArgumentException)
        {
            throw new CaptureFormatException("a time is out of range");
        }
    }
}
