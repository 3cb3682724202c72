using System.Text.Json;
using MemoryTriggers.Decoding;

namespace MemoryTriggers.Memories;

/// <summary>The line of a memory without a written one: its key and the beginning of its value.</summary>
internal static class MemoryLine
{
    private const int MaxLength = 500;

    public static string Of(string key, JsonElement value)
    {
        if (value.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null
            || value.ValueKind == JsonValueKind.Object && value.GetPropertyCount() == 0) return key;

        var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
        var line = $"{key}: {text.ReplaceLineEndings(" ")}";
        return ContentLine.Shorten(line, MaxLength);
    }
}
