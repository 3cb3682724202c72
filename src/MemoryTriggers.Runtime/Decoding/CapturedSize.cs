using System.Globalization;
using System.Text.Json.Nodes;

namespace MemoryTriggers.Decoding;

/// <summary>How long or large a value was before the capture cut it: the cut says so in the value.</summary>
internal static class CapturedSize
{
    public static int Length(string text)
    {
        const string cut = " characters]";
        var start = text.LastIndexOf("… [", StringComparison.Ordinal);
        return start >= 0 && text.EndsWith(cut, StringComparison.Ordinal)
            && int.TryParse(text.AsSpan(start + 3, text.Length - start - 3 - cut.Length), out var length)
            ? length
            : text.Length;
    }

    /// <summary>The first items are kept, and how many are left out; <see langword="null"/> when the latter is not known.</summary>
    public static int? Count(JsonArray items)
    {
        var last = items.Count > 0 && items[^1] is JsonValue text && text.TryGetValue<string>(out var line) ? line : "";
        if (last == "[more items]") return null;
        return last.StartsWith('[') && last.EndsWith(" more items]", StringComparison.Ordinal)
            && int.TryParse(last[1..last.IndexOf(' ')], NumberStyles.None, CultureInfo.InvariantCulture, out var more)
            ? items.Count - 1 + more
            : items.Count;
    }
}
