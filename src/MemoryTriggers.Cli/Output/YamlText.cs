using System.Text;
using System.Text.Json.Nodes;

namespace MemoryTriggers.Cli.Output;

/// <summary>Documents as YAML. Texts that could be read as another type are quoted, as in JSON, which YAML contains.</summary>
internal static class YamlText
{
    private static readonly string[] Reserved = ["null", "true", "false", "yes", "no", "on", "off", "y", "n"];

    public static string Of(JsonNode document)
    {
        var text = new StringBuilder();
        Write(text, document, 0);
        return text.ToString();
    }

    private static void Write(StringBuilder text, JsonNode? node, int indent)
    {
        switch (node)
        {
            case JsonObject { Count: > 0 } members:
                foreach (var (name, value) in members) Member(text, Text(name) + ":", value, indent);
                break;
            case JsonArray { Count: > 0 } items:
                foreach (var item in items) Item(text, item, indent);
                break;
            default:
                text.Append(' ', indent).Append(Scalar(node)).Append('\n');
                break;
        }
    }

    private static void Member(StringBuilder text, string name, JsonNode? value, int indent)
    {
        text.Append(' ', indent).Append(name);
        if (IsNested(value))
        {
            text.Append('\n');
            Write(text, value, value is JsonArray ? indent : indent + 2);
        }
        else
        {
            text.Append(' ').Append(Scalar(value)).Append('\n');
        }
    }

    private static void Item(StringBuilder text, JsonNode? item, int indent)
    {
        if (!IsNested(item))
        {
            text.Append(' ', indent).Append("- ").Append(Scalar(item)).Append('\n');
            return;
        }

        // The first line of what is inside begins behind the dash.
        var start = text.Length;
        Write(text, item, indent + 2);
        text[start + indent] = '-';
    }

    private static bool IsNested(JsonNode? node) => node is JsonObject { Count: > 0 } or JsonArray { Count: > 0 };

    private static string Scalar(JsonNode? node) => node switch
    {
        null => "null",
        JsonObject => "{}",
        JsonArray => "[]",
        JsonValue value when value.TryGetValue<string>(out var text) => Text(text),
        // Numbers, truths, and times in quotes.
        _ => JsonText.Of(node, indented: false),
    };

    private static string Text(string text) => IsPlain(text) ? text : JsonText.Of(JsonValue.Create(text), indented: false);

    private static bool IsPlain(string text) =>
        text.Length is > 0 and < 200
        && char.IsAsciiLetter(text[0])
        && text[^1] != ' '
        && text.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-' or '.' or '/' or ' ')
        && !Reserved.Contains(text, StringComparer.OrdinalIgnoreCase);
}
