using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace MemoryTriggers.Policies;

/// <summary>
/// The characters of the fields of one memory, side by side in one array that is used again: reading a field makes no string.
/// </summary>
internal sealed class TextBuffer
{
    private const int KeptLength = 256 * 1024;
    private char[] _characters = new char[1024];

    public int Used { get; private set; }

    public ReadOnlySpan<char> Slice(int start, int length) => _characters.AsSpan(start, length);

    public void Clear()
    {
        Used = 0;
        if (_characters.Length > KeptLength) _characters = new char[1024];
    }

    public void ReturnTo(int used) => Used = used;

    /// <summary>The text of a JSON string or number, the number in one form whatever it was written as.</summary>
    public void Read(JsonElement element, ref FieldValue value)
    {
        var raw = JsonMarshal.GetRawUtf8Value(element);
        value.Start = Used;
        if (element.ValueKind == JsonValueKind.String) ReadText(raw, ref value);
        else ReadNumber(element, raw, ref value);
    }

    public void Write<T>(T number, ReadOnlySpan<char> format, ref FieldValue value) where T : ISpanFormattable
    {
        Reserve(64);
        value.Start = Used;
        number.TryFormat(_characters.AsSpan(Used), out value.Length, format, CultureInfo.InvariantCulture);
        Used += value.Length;
    }

    private void ReadText(ReadOnlySpan<byte> raw, ref FieldValue value)
    {
        value.Kind = FieldKind.Text;
        Reserve(raw.Length);
        var content = raw[1..^1];
        if (content.IndexOf((byte)'\\') < 0)
        {
            value.Length = Encoding.UTF8.GetChars(content, _characters.AsSpan(Used));
        }
        else
        {
            var reader = new Utf8JsonReader(raw);
            reader.Read();
            value.Length = reader.CopyString(_characters.AsSpan(Used));
        }

        Used += value.Length;
    }

    private void ReadNumber(JsonElement element, ReadOnlySpan<byte> raw, ref FieldValue value)
    {
        value.Kind = FieldKind.Number;
        value.Number = element.GetDouble();
        if (value.IsNumberOnly) return;
        if (raw.IndexOfAny(".eE"u8) >= 0 || raw.SequenceEqual("-0"u8))
        {
            Write(value.Number + 0.0, "R", ref value);
            return;
        }

        Reserve(raw.Length);
        value.Length = Encoding.UTF8.GetChars(raw, _characters.AsSpan(Used));
        Used += value.Length;
    }

    private void Reserve(int length)
    {
        if (Used + length > _characters.Length) Array.Resize(ref _characters, Math.Max(_characters.Length * 2, Used + length));
    }
}
