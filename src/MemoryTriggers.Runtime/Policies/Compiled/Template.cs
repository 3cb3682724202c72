using System.Buffers;
using System.Text;
using System.Text.Json;
using MemoryTriggers.Decoding;

namespace MemoryTriggers.Policies;

/// <summary>
/// The parameters of an action with names in <c>${...}</c>. A text that is one name alone becomes the value with its type. A name without
/// a value stays unchanged and is reported. <c>$${</c> is a plain <c>${</c>. <see cref="LateNames"/> stay for <see cref="LateTemplate"/>.
/// </summary>
internal sealed class Template(PolicyAction action)
{
    private readonly JsonElement _parameters = action.Parameters;
    private readonly bool _isLate = LateNames.AreIn(action);
    private readonly Dictionary<string, FieldPath> _paths = new(StringComparer.Ordinal);
    private readonly bool _hasNames = action.Parameters.GetRawText().Contains("${", StringComparison.Ordinal);

    /// <summary>Whether the parameters are the same for all memories.</summary>
    public bool IsConstant => !_hasNames;

    /// <param name="context">The memory.</param>
    /// <param name="created">The memory that the rule has asked for before; <see langword="null"/> for none.</param>
    /// <param name="missingNames">The names without a value.</param>
    public JsonElement Fill(EvaluationContext context, Guid? created, out IReadOnlyList<string> missingNames)
    {
        missingNames = [];
        if (!_hasNames) return _parameters;

        var missing = new List<string>();
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, CompactJson.WriterOptions)) 
        {
            var from = new Source(context, created);
            JsonTexts.Write(_parameters, "", json, (text, member, writer) => WriteText(text, member == "url", writer, from, missing));
        }

        if (missing.Count > 0) missingNames = missing;
        return JsonElement.Parse(buffer.WrittenSpan);
    }

    private void WriteText(string text, bool isAddress, Utf8JsonWriter json, Source from, List<string> missing)
    {
        if (Whole(text) is { } whole && !isAddress && !LateNames.Is(action.Type, whole))
        {
            var value = default(FieldValue);
            var used = from.Context.Text.Used;
            Read(whole, from, ref value);
            WriteWhole(value, whole, json, from.Context, missing);
            from.Context.Text.ReturnTo(used);
            return;
        }

        var filled = new StringBuilder(text.Length + 32);
        var at = 0;
        foreach (var (name, start, end) in Placeholders.Of(text))
        {
            filled.Append(Plain(text[at..start].Replace("$${", "${", StringComparison.Ordinal)));
            at = end;
            if (name is null || LateNames.Is(action.Type, name)) filled.Append(text, start, end - start);
            else if (Text(name, from) is { } found) filled.Append(isAddress ? Uri.EscapeDataString(found) : Plain(found));
            else Missing(name, filled, missing);
        }

        filled.Append(Plain(text[at..].Replace("$${", "${", StringComparison.Ordinal)));
        json.WriteStringValue(filled.ToString());
    }

    private static string? Whole(string text) =>
        text.StartsWith("${", StringComparison.Ordinal) && text.IndexOf('}', StringComparison.Ordinal) == text.Length - 1
            ? text[2..^1]
            : null;

    // With late names, what is none must not look like one.
    private string Plain(string text) => _isLate ? text.Replace("$", "$$", StringComparison.Ordinal) : text;

    private void Missing(string name, StringBuilder filled, List<string> missing)
    {
        filled.Append(Plain($"${{{name}}}"));
        missing.Add(name);
    }

    private void WriteWhole(in FieldValue value, string name, Utf8JsonWriter json, EvaluationContext context, List<string> missing)
    {
        switch (value.Kind)
        {
            case FieldKind.Missing:
                json.WriteStringValue(Plain($"${{{name}}}"));
                missing.Add(name);
                break;
            case FieldKind.Text:
                json.WriteStringValue(Plain(context.TextOf(value).ToString()));
                break;
            case FieldKind.Number when value.Element.ValueKind == JsonValueKind.Undefined:
                json.WriteNumberValue(value.Number);
                break;
            case FieldKind.Truth:
                json.WriteBooleanValue(value.Number != 0);
                break;
            case FieldKind.Tags:
                json.WriteStartArray();
                foreach (var tag in value.Tags!) json.WriteStringValue(Plain(tag));
                json.WriteEndArray();
                break;
            default:
                WritePlain(value.Element, json);
                break;
        }
    }

    private void WritePlain(JsonElement element, Utf8JsonWriter json)
    {
        if (_isLate) JsonTexts.Write(element, json, Plain);
        else element.WriteTo(json);
    }

    private string? Text(string name, Source from)
    {
        var value = default(FieldValue);
        var used = from.Context.Text.Used;
        Read(name, from, ref value);
        var text = value.Kind switch
        {
            FieldKind.Missing => null,
            FieldKind.Tags => string.Join(", ", value.Tags!),
            FieldKind.Array or FieldKind.Object => value.Element.GetRawText(),
            _ => from.Context.TextOf(value).ToString(),
        };
        from.Context.Text.ReturnTo(used);
        return text;
    }

    private void Read(string name, Source from, ref FieldValue value)
    {
        if (name != ResultNames.CreatedMemory) Path(name).Read(from.Context, ref value);
        else if (from.Created is { } created) (value.Kind, value.Text) = (FieldKind.Text, created.ToString());
    }

    private FieldPath Path(string name)
    {
        lock (_paths)
        {
            if (!_paths.TryGetValue(name, out var path)) _paths.Add(name, path = new FieldPath(name));
            return path;
        }
    }

    private readonly record struct Source(EvaluationContext Context, Guid? Created);
}
