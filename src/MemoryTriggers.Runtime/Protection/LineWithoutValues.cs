using System.Text.Json;

namespace MemoryTriggers.Protection;

/// <summary>The line of a memory without what it repeats of the value. The key stays, as it is stored beside it.</summary>
internal static class LineWithoutValues
{
    private const string Hidden = "…";
    // So many characters in a row are no coincidence; fewer must be a word of their own.
    private const int Telling = 8;

    // Of a captured memory: what it is about, not what was passed.
    private static readonly string[] Names = ["operation", "method", "context", "type", "stackTrace"];

    public static string Of(MemoryEntry entry)
    {
        var start = entry.Content.StartsWith(entry.Key, StringComparison.Ordinal) ? entry.Key.Length : 0;
        var line = entry.Content[start..];
        var texts = new List<string>();
        Collect(entry.Value, entry.TriggerType is not null, texts);
        // The longest first: a short one may be a part of it.
        foreach (var text in texts.Distinct(StringComparer.Ordinal).OrderByDescending(static text => text.Length)) line = Hide(line, text);
        return entry.Content[..start] + line;
    }

    private static void Collect(JsonElement value, bool isCaptured, List<string> texts)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in value.EnumerateObject())
                    if (!isCaptured || !Names.Contains(property.Name)) Collect(property.Value, isCaptured, texts);
                break;
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray()) Collect(item, isCaptured, texts);
                break;
            case JsonValueKind.String:
                var text = value.GetString()!.ReplaceLineEndings(" ").Trim();
                if (text.Length > 0) texts.Add(text);
                // As it is in a line made of the JSON itself.
                var raw = value.GetRawText()[1..^1];
                if (raw != text && raw.Length > 0) texts.Add(raw);
                break;
            case JsonValueKind.Number:
                texts.Add(value.GetRawText());
                break;
        }
    }

    private static string Hide(string line, string text)
    {
        var known = text.Length > Telling ? text[..Telling] : text;
        for (var from = 0; from < line.Length;)
        {
            var at = line.IndexOf(known, from, StringComparison.Ordinal);
            if (at < 0) break;
            // A line is cut where it is long: then it has the beginning only.
            var length = line.AsSpan(at).CommonPrefixLength(text);
            if (length < Telling && !IsWord(line, at, length))
            {
                from = at + 1;
                continue;
            }

            line = line[..at] + Hidden + line[(at + length)..];
            from = at + Hidden.Length;
        }

        return line;
    }

    private static bool IsWord(string line, int at, int length) =>
        !(at > 0 && char.IsLetterOrDigit(line[at - 1]) && char.IsLetterOrDigit(line[at]))
        && !(at + length < line.Length && char.IsLetterOrDigit(line[at + length]) && char.IsLetterOrDigit(line[at + length - 1]));
}
