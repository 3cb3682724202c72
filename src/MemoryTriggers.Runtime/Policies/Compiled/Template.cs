using System.Buffers;
using System.Text;
using System.Text.Json;
using MemoryTriggers.Decoding;

namespace MemoryTriggers.Policies;

/// <summary>
/// The parameters of an action with names in <c>${...}</c>. A text that is one name alone becomes the value with its type. A name without
/// a value stays unchanged and is reported. <c>$${</c> is a plain <c>${</c>.
/// </summary>
internal sealed class Template(JsonElement parameters)
{
    private readonly Dictionary<string, FieldPath> _paths = new(StringComparer.Ordinal);
    private readonly bool _hasNames = parameters.GetRawText().Contains("${", StringComparison.Ordinal);

    /// <summary>Whether the parameters are the same for all memories.</summary>
    public bool IsConstant => !_hasNames;

    public JsonElement Fill(EvaluationContext context, out IReadOnlyList<string> missingNames)
    {
        missingNames = [];
        if (!_hasNames) return parameters;

        var missing = new List<string>();
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, CompactJson.WriterOptions)) Write(parameters, "", json, context, missing);
        if (missing.Count > 0) missingNames = missing;
        return JsonElement.Parse(buffer.WrittenSpan);
    }

    private void Write(JsonElement element, string member, Utf8JsonWriter json, EvaluationContext context, List<string> missing)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                json.WriteStartObject();
                foreach (var property in element.EnumerateObject())
                {
                    json.WritePropertyName(property.Name);
                    Write(property.Value, property.Name, json, context, missing);
                }

                json.WriteEndObject();
                break;
            case JsonValueKind.Array:
                json.WriteStartArray();
                foreach (var item in element.EnumerateArray()) Write(item, member, json, context, missing);
                json.WriteEndArray();
                break;
            case JsonValueKind.String:
                WriteText(element.GetString()!, isAddress: member == "url", json, context, missing);
                break;
            default:
                element.WriteTo(json);
                break;
        }
    }

    private void WriteText(string text, bool isAddress, Utf8JsonWriter json, EvaluationContext context, List<string> missing)
    {
        if (text.StartsWith("${", StringComparison.Ordinal) && text.IndexOf('}') == text.Length - 1 && !isAddress)
        {
            var value = default(FieldValue);
            var used = context.Text.Used;
            Path(text[2..^1]).Read(context, ref value);
            Whole(value, text, json, context, missing);
            context.Text.ReturnTo(used);
            return;
        }

        var filled = new StringBuilder(text.Length + 32);
        for (var at = 0; at < text.Length; at++)
        {
            if (text.AsSpan(at).StartsWith("$${"))
            {
                filled.Append("${");
                at += 2;
            }
            else if (text.AsSpan(at).StartsWith("${") && text.IndexOf('}', at) is var end and > 0)
            {
                var name = text[(at + 2)..end];
                if (Text(name, context) is { } found) filled.Append(isAddress ? Uri.EscapeDataString(found) : found);
                else Missing(name, filled, missing);
                at = end;
            }
            else
            {
                filled.Append(text[at]);
            }
        }

        json.WriteStringValue(filled.ToString());
    }

    private static void Missing(string name, StringBuilder filled, List<string> missing)
    {
        filled.Append("${").Append(name).Append('}');
        missing.Add(name);
    }

    private static void Whole(in FieldValue value, string text, Utf8JsonWriter json, EvaluationContext context, List<string> missing)
    {
        switch (value.Kind)
        {
            case FieldKind.Missing:
                json.WriteStringValue(text);
                missing.Add(text[2..^1]);
                break;
            case FieldKind.Text:
                json.WriteStringValue(context.TextOf(value));
                break;
            case FieldKind.Number when value.Element.ValueKind == JsonValueKind.Undefined:
                json.WriteNumberValue(value.Number);
                break;
            case FieldKind.Truth:
                json.WriteBooleanValue(value.Number != 0);
                break;
            case FieldKind.Tags:
                json.WriteStartArray();
                foreach (var tag in value.Tags!) json.WriteStringValue(tag);
                json.WriteEndArray();
                break;
            default:
                value.Element.WriteTo(json);
                break;
        }
    }

    private string? Text(string name, EvaluationContext context)
    {
        var value = default(FieldValue);
        var used = context.Text.Used;
        Path(name).Read(context, ref value);
        var text = value.Kind switch
        {
            FieldKind.Missing => null,
            FieldKind.Tags => string.Join(", ", value.Tags!),
            FieldKind.Array or FieldKind.Object => value.Element.GetRawText(),
            _ => context.TextOf(value).ToString(),
        };
        context.Text.ReturnTo(used);
        return text;
    }

    private FieldPath Path(string name)
    {
        lock (_paths)
        {
            if (!_paths.TryGetValue(name, out var path)) _paths.Add(name, path = new FieldPath(name));
            return path;
        }
    }
}
