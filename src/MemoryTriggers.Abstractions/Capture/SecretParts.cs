using System.Collections;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace MemoryTriggers.Capture;

/// <summary>
/// The texts in a value that is a secret: of arrays, collections, tuples, records and other objects. It runs no code of the user's, and
/// reads no more than what is captured of a value.
/// </summary>
internal static class SecretParts
{
    private const int MaxDepth = 4;
    private const int MaxParts = 256;

    public static void Of(object value, ref CaptureSecrets secrets)
    {
        var room = MaxParts;
        try
        {
            Of(value, ref secrets, 0, ref room);
        }
        catch (Exception)
        {
            // Capture entry point: a collection that another thread changes meanwhile, say. Health shows the count.
            CaptureFaults.Count();
        }
    }

    private static void Of(object? value, ref CaptureSecrets secrets, int depth, ref int room)
    {
        if (value is null || depth > MaxDepth || room-- <= 0) return;
        switch (value)
        {
            case string text: secrets.Add(text); break;
            case char[] characters: secrets.Add(new string(characters)); break;
            case Memory<char> characters: secrets.Add(characters.ToString()); break;
            case ReadOnlyMemory<char> characters: secrets.Add(characters.ToString()); break;
            case StringBuilder builder: secrets.Add(builder.ToString()); break;
            case byte[] bytes: Bytes(bytes, ref secrets); break;
            case bool or Enum or CancellationToken or Type or Delegate or Task or DateTime or DateTimeOffset or TimeSpan: break;
            case Guid guid: secrets.Add(guid.ToString()); secrets.Add(guid.ToString("N")); break;
            case Uri uri: secrets.Add(uri.OriginalString); break;
            case JsonElement { ValueKind: JsonValueKind.String } json: secrets.Add(json.GetString()); break;
            case IFormattable number when value.GetType().IsPrimitive || value is decimal: Number(number, ref secrets); break;
            case ITuple tuple when CaptureGraphWriter.IsOfBaseLibrary(value):
                for (var index = 0; index < tuple.Length; index++) Of(tuple[index], ref secrets, depth + 1, ref room);
                break;
            case IDictionary dictionary when CaptureGraphWriter.IsOfBaseLibrary(value):
                foreach (DictionaryEntry pair in dictionary) Of(pair.Value, ref secrets, depth + 1, ref room);
                break;
            case IEnumerable items when CaptureGraphWriter.IsOfBaseLibrary(value):
                foreach (var item in items) Of(item, ref secrets, depth + 1, ref room);
                break;
            case IEnumerable or System.IO.Stream: break;
            default: Members(value, ref secrets, depth, ref room); break;
        }
    }

    private static void Members(object value, ref CaptureSecrets secrets, int depth, ref int room)
    {
        foreach (var member in ObjectShape.Of(value.GetType()).Members) Of(member.Field.GetValue(value), ref secrets, depth + 1, ref room);
    }

    // Keys are shown in Base64, and sometimes in hexadecimal digits; a text may be in its bytes.
    private static void Bytes(byte[] bytes, ref CaptureSecrets secrets)
    {
        if (bytes.Length is 0 or > 4096) return;
        secrets.Add(Convert.ToBase64String(bytes).TrimEnd('='));
        secrets.Add(BitConverter.ToString(bytes).Replace("-", "", StringComparison.Ordinal));
        if (Array.TrueForAll(bytes, static one => one is >= 0x20 and < 0x7f)) secrets.Add(Encoding.ASCII.GetString(bytes));
    }

    // Fewer digits are in many texts by chance.
    private static void Number(IFormattable number, ref CaptureSecrets secrets)
    {
        if (number.ToString(null, CultureInfo.InvariantCulture) is { Length: >= 4 } text) secrets.Add(text);
    }
}
