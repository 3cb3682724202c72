using System.Text;
using System.Text.Json.Nodes;
using MemoryTriggers.Capture;

namespace MemoryTriggers.Decoding;

/// <summary>
/// Fills a template such as <c>Pushed {branch}: {result.Count}</c>. <c>{{</c> and <c>}}</c> are braces. A name without a value
/// stays unchanged, so that nothing is invented; the compiler has already reported it.
/// </summary>
internal static class ContentTemplate
{
    public static string Fill(string template, TriggerDefinition definition, DecodedRecord record)
    {
        var line = new StringBuilder(template.Length + 32);
        for (var at = 0; at < template.Length; at++)
        {
            var character = template[at];
            if (character is '{' or '}' && at + 1 < template.Length && template[at + 1] == character)
            {
                line.Append(character);
                at++;
            }
            else if (character == '{' && template.IndexOf('}', at) is var end and > 0)
            {
                var name = template[(at + 1)..end];
                line.Append(Lookup(name, definition, record) ?? $"{{{name}}}");
                at = end;
            }
            else
            {
                line.Append(character);
            }
        }

        return line.Replace('\n', ' ').Replace('\r', ' ').ToString();
    }

    private static string? Lookup(string name, TriggerDefinition definition, DecodedRecord record)
    {
        var parts = name.Split('.');
        switch (parts[0])
        {
            case "operation": return record.Overrides.GetValueOrDefault(CaptureOverride.Operation) ?? definition.Operation;
            case "project": return record.Overrides.GetValueOrDefault(CaptureOverride.Project) ?? definition.Project;
            case "duration": return ContentLine.Milliseconds(record.Duration);
            case "error": return ContentLine.Error(record) ?? "";
            case "result" when record.HasResult: return Member(record.Result, parts);
        }

        for (var index = 0; index < definition.Parameters.Count; index++)
        {
            if (definition.Parameters[index] == parts[0] && record.Arguments.TryGetValue(index, out var value)) return Member(value, parts);
        }

        return null;
    }

    private static string? Member(JsonNode? value, string[] parts)
    {
        foreach (var part in parts.AsSpan(1))
        {
            value = value switch
            {
                JsonObject members when members.TryGetPropertyValue(part, out var member) => member,
                JsonArray items when part is "Count" or "Length" => Count(items),
                JsonValue text when part is "Length" && text.TryGetValue<string>(out var characters) => Length(characters),
                _ => null,
            };
            if (value is null) return null;
        }

        return ContentLine.Text(value);
    }

    // The capture cuts a long text and says how long it was.
    private static JsonValue Length(string text)
    {
        const string cut = " characters]";
        var start = text.LastIndexOf("… [", StringComparison.Ordinal);
        return start >= 0 && text.EndsWith(cut, StringComparison.Ordinal)
            && int.TryParse(text.AsSpan(start + 3, text.Length - start - 3 - cut.Length), out var length)
            ? JsonValue.Create(length)
            : JsonValue.Create(text.Length);
    }

    // The capture keeps the first items and says how many it left out.
    private static JsonValue Count(JsonArray items)
    {
        var last = items.Count > 0 && items[^1] is JsonValue text && text.TryGetValue<string>(out var line) ? line : "";
        return last.StartsWith('[') && last.EndsWith(" more items]", StringComparison.Ordinal)
            && int.TryParse(last[1..last.IndexOf(' ')], out var more)
            ? JsonValue.Create(items.Count - 1 + more)
            : JsonValue.Create(items.Count);
    }
}
