using System.Text.Json;

namespace MemoryTriggers.Policies;

/// <summary>
/// A name in a condition or a template, taken apart once. A plain name is a member of the memory, or else something captured: in the value,
/// its metadata, or its arguments. A dotted name goes on into what it finds; where a list is met, a number is a position, and a name
/// looks into the first item.
/// </summary>
internal sealed class FieldPath
{
    private static readonly string[] Roots = ["metadata", "arguments"];
    private readonly string[] _parts;
    private readonly string[] _rests;
    private readonly EntryField? _member;

    public FieldPath(string name)
    {
        Name = name;
        _parts = name.Split('.');
        _rests = [.. _parts.Select((_, index) => string.Join(".", _parts[index..]))];
        _member = EntryFields.Find(name);
    }

    public string Name { get; }

    public void Read(EvaluationContext context, ref FieldValue value)
    {
        value = default;
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

        if (FindCaptured(context.Entry.Value, out var found))
        {
            Take(found, context.Text, ref value);
        }
        else if (_parts.Length == 2 && _parts[0] == "metadata" && EntryFields.Find(_parts[1]) is { IsEventMetadata: true } told)
        {
            told.Read(context, ref value);
        }
    }

    private bool FindCaptured(JsonElement captured, out JsonElement found)
    {
        found = default;
        if (captured.ValueKind != JsonValueKind.Object) return false;
        if (Find(captured, 0, out found)) return true;
        foreach (var root in Roots)
        {
            if (captured.TryGetProperty(root, out var inside) && inside.ValueKind == JsonValueKind.Object && Find(inside, 0, out found)) return true;
        }

        return false;
    }

    // A name with dots in it may be one key, as in "http.status": the longest name is tried first.
    private bool Find(JsonElement from, int part, out JsonElement found)
    {
        while (true)
        {
            found = from;
            if (part == _parts.Length) return true;
            if (from.ValueKind == JsonValueKind.Array)
            {
                var isPosition = int.TryParse(_parts[part], out var position) && position >= 0;
                if ((isPosition ? position : 0) >= from.GetArrayLength()) return false;
                from = from[isPosition ? position : 0];
                if (isPosition) part++;
                continue;
            }

            if (from.ValueKind != JsonValueKind.Object) return false;
            if (from.TryGetProperty(_rests[part], out found)) return true;
            if (part == _parts.Length - 1 || !from.TryGetProperty(_parts[part], out from)) return false;
            part++;
        }
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
