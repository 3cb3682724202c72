using System.Buffers;
using System.Text;
using System.Text.Json;
using MemoryTriggers.Decoding;

namespace MemoryTriggers.Policies;

/// <summary>Puts the values of <see cref="LateNames"/> into parameters that a <see cref="Template"/> has filled before.</summary>
internal static class LateTemplate
{
    /// <param name="parameters">The parameters, each plain <c>$</c> doubled.</param>
    /// <param name="valueOf">The value of a name: a text, a number, or no text at all (<see langword="null"/>).</param>
    /// <exception cref="PolicyActionException">A name has no value; from <paramref name="valueOf"/>.</exception>
    public static JsonElement Fill(JsonElement parameters, Func<string, object?> valueOf)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, CompactJson.WriterOptions))
        {
            JsonTexts.Write(parameters, "", json, (text, member, writer) => Write(text, member == "url", writer, valueOf));
        }

        return JsonElement.Parse(buffer.WrittenSpan);
    }

    private static void Write(string text, bool isAddress, Utf8JsonWriter json, Func<string, object?> valueOf)
    {
        if (text.StartsWith("${", StringComparison.Ordinal) && text.IndexOf('}', StringComparison.Ordinal) == text.Length - 1)
        {
            Write(valueOf(text[2..^1]), json);
            return;
        }

        var filled = new StringBuilder(text.Length + 32);
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] != '$' || at + 1 == text.Length)
            {
                filled.Append(text[at]);
            }
            else if (text[at + 1] == '{' && text.IndexOf('}', at) is var end and > 0)
            {
                var value = Scalar.Canonical(valueOf(text[(at + 2)..end])) ?? "";
                // At the beginning it is the address itself; behind that, a part of it.
                filled.Append(isAddress && at > 0 ? Uri.EscapeDataString(value) : value);
                at = end;
            }
            else
            {
                filled.Append('$');
                at++;
            }
        }

        json.WriteStringValue(filled.ToString());
    }

    private static void Write(object? value, Utf8JsonWriter json)
    {
        switch (value)
        {
            case int number:
                json.WriteNumberValue(number);
                break;
            case null:
                json.WriteNullValue();
                break;
            default:
                json.WriteStringValue(Scalar.Canonical(value));
                break;
        }
    }
}
