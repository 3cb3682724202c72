using System.Buffers;
using System.Text.Json;

namespace MemoryTriggers.Protection;

/// <summary>
/// The stored form of a value that is encrypted or compressed: <c>{"$mt":1,"zip":"br","key":"2026-11","data":"..."}</c>. With a key the
/// data is 12 bytes of nonce, 16 of tag, and the cipher text, in base64.
/// </summary>
/// <param name="IsCompressed">Whether it is compressed.</param>
/// <param name="Key">The name of the key that it is encrypted with, or <see langword="null"/>.</param>
/// <param name="Data">The compressed and encrypted data.</param>
internal sealed record ValueEnvelope(bool IsCompressed, string? Key, byte[] Data)
{
    private const string Mark = "$mt";
    private const string Zip = "zip";
    private const string Brotli = "br";
    private const int Format = 1;

    /// <summary>Whether a value would be taken for an envelope.</summary>
    public static bool IsMarked(JsonElement value) => value.ValueKind == JsonValueKind.Object && value.TryGetProperty(Mark, out _);

    /// <returns><see langword="null"/> when the value is plain.</returns>
    /// <exception cref="FormatException">It is damaged, or of a newer version.</exception>
    public static ValueEnvelope? Read(JsonElement value)
    {
        if (!IsMarked(value)) return null;
        if (value.GetProperty(Mark) is not { ValueKind: JsonValueKind.Number } format || !format.TryGetInt32(out var version))
            throw new FormatException("its envelope is damaged");
        if (version != Format)
            throw new FormatException($"its envelope has format {version}, and this library knows format {Format}; update the library");
        if (!value.TryGetProperty("data", out var data) || data.ValueKind != JsonValueKind.String
            || !data.TryGetBytesFromBase64(out var bytes)) throw new FormatException("its envelope is damaged");
        if (value.TryGetProperty(Zip, out var zip) && !zip.ValueEquals(Brotli))
            throw new FormatException("it is compressed in a way that this library does not know; update the library");
        return new ValueEnvelope(zip.ValueKind == JsonValueKind.String, value.TryGetProperty("key", out var key)
            ? key.GetString()
            : null, bytes);
    }

    public JsonElement ToValue()
    {
        var buffer = new ArrayBufferWriter<byte>(Data.Length * 4 / 3 + 100);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber(Mark, Format);
            if (IsCompressed) json.WriteString(Zip, Brotli);
            if (Key is not null) json.WriteString("key", Key);
            json.WriteBase64String("data", Data);
            json.WriteEndObject();
        }

        return JsonElement.Parse(buffer.WrittenSpan);
    }
}
