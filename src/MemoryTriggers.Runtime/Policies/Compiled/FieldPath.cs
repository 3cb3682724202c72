using System.Globalization;
using System.Text;
using System.Text.Json;

namespace MemoryTriggers.Policies;

/// <summary>
/// A name in a condition or a template, taken apart once. A plain name is a member of the memory, or else something captured: in the value,
/// its metadata, or its arguments. A dotted name goes on into what it finds; where a list is met, a number is a position, and a name
/// looks into the first item.
/// </summary>
internal sealed class FieldPath
{
    private const int MaxParts = 32;
    private readonly byte[][] _parts;
    private readonly byte[][] _rests;
    private readonly int[] _positions;
    private readonly CapturedContainer? _container;
    private readonly EntryField? _member;
    private readonly EntryField? _eventMetadata;

    private readonly bool _isNumberOnly;

    /// <param name="name">The name.</param>
    /// <param name="isNumberOnly">Whether the text of a number is never needed.</param>
    public FieldPath(string name, bool isNumberOnly = false)
    {
        (Name, _isNumberOnly) = (name, isNumberOnly);
        // JSON is UTF-8: names are compared in it.
        var parts = name.Split('.', MaxParts);
        _parts = [.. parts.Select(Encoding.UTF8.GetBytes)];
        _rests = [.. parts.Select((_, index) => Encoding.UTF8.GetBytes(string.Join('.', parts[index..])))];
        _positions = [.. parts.Select(static part =>
            int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var position) ? position : -1)];
        _container = parts switch
        {
            ["metadata", _, ..] => CapturedContainer.Metadata,
            ["arguments", _, ..] => CapturedContainer.Arguments,
            _ => null,
        };
        _member = EntryFields.Find(name);
        _eventMetadata = parts is ["metadata", var member] && EntryFields.Find(member) is { IsEventMetadata: true } told ? told : null;
    }

    public string Name { get; }

    public void Read(EvaluationContext context, ref FieldValue value)
    {
        value = default;
        value.IsNumberOnly = _isNumberOnly;
        if (context.Overlay is { ValueKind: JsonValueKind.Object } overlay && Find(overlay, 0, out var given))
        {
            Take(given, context.Text, ref value);
            return;
        }

        if (_member is not null)
        {
            _member.Read(context, ref value);
            if (value.Kind != FieldKind.Missing) return;
        }

        if (FindCaptured(context, out var found)) Take(found, context.Text, ref value);
        else _eventMetadata?.Read(context, ref value);
    }

    private bool FindCaptured(EvaluationContext context, out JsonElement found)
    {
        found = default;
        var captured = context.Entry.Value;
        if (captured.ValueKind != JsonValueKind.Object) return false;
        if (_container is { } own && context.Container(own) is { } inside) return Find(inside, 1, out found);
        if (Find(captured, 0, out found)) return true;
        if (_parts.Length > 1 && captured.TryGetProperty(_parts[0], out _)) return false;
        return context.Container(CapturedContainer.Metadata) is { } metadata && Find(metadata, 0, out found)
            || context.Container(CapturedContainer.Arguments) is { } arguments && Find(arguments, 0, out found);
    }

    // A name with dots in it may also be one key, as in "http.status".
    private bool Find(JsonElement from, int part, out JsonElement found)
    {
        found = from;
        if (part == _parts.Length) return true;
        if (from.ValueKind == JsonValueKind.Array)
        {
            var position = _positions[part];
            if (Math.Max(position, 0) >= from.GetArrayLength()) return false;
            var item = from[Math.Max(position, 0)];
            return position >= 0 ? Find(item, part + 1, out found) : item.ValueKind == JsonValueKind.Object && Find(item, part, out found);
        }

        if (from.ValueKind != JsonValueKind.Object) return false;
        if (from.TryGetProperty(_parts[part], out var inner) && Find(inner, part + 1, out found)) return true;
        return part < _parts.Length - 1 && from.TryGetProperty(_rests[part], out found);
    }

    private static void Take(JsonElement element, TextBuffer text, ref FieldValue value)
    {
        value.Element = element;
        switch (element.ValueKind)
        {
            case JsonValueKind.String or JsonValueKind.Number:
                text.Read(element, ref value);
                break;
            case JsonValueKind.True or JsonValueKind.False:
                EntryField.Truth(element.ValueKind == JsonValueKind.True, ref value);
                break;
            case JsonValueKind.Array:
                value.Kind = FieldKind.Array;
                break;
            case JsonValueKind.Object:
                value.Kind = FieldKind.Object;
                break;
        }
    }
}
