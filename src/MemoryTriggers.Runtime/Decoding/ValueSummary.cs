using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using MemoryTriggers.Capture;

namespace MemoryTriggers.Decoding;

/// <summary>A value as a line names it: numbers, times and short texts as they are, anything else by size and type.</summary>
internal static class ValueSummary
{
    private const int MaxText = 100;
    private const int MaxMembers = 5;

    /// <param name="value">The value.</param>
    /// <param name="type">Its declared type as C# shows it, where that is known.</param>
    public static string Of(JsonNode? value, string? type)
    {
        type = type?.TrimEnd('?');
        return value switch
        {
            null => "",
            JsonArray items => OfItems(items, type),
            JsonObject members => OfMembers(members, type),
            _ => OfText(ContentLine.Text(value)),
        };
    }

    private static string OfText(string text)
    {
        if (CaptureMarkers.TypeNotCaptured(text) is { } type) return type;
        return text.Length <= MaxText ? text : Format($"text of {CapturedSize.Length(text)} characters");
    }

    private static string OfItems(JsonArray items, string? type)
    {
        var count = CapturedSize.Count(items) is { } known ? Format($"{known}") : Format($"{items.Count - 1} or more");
        if (type is null) return $"{count} items";
        if (type.StartsWith('(')) return type;
        if (type.EndsWith("[]", StringComparison.Ordinal)) return $"Array of {count} {type[..^2]}";
        var (name, arguments) = Parts(type);
        return arguments is null ? $"{name} of {count}" : $"{name} of {count} {arguments}";
    }

    private static string OfMembers(JsonObject members, string? type)
    {
        if (type is null) return members.Count == 0 ? "object" : $"object ({string.Join(", ", members.Take(MaxMembers).Select(Named))})";
        var (name, arguments) = Parts(type);
        if (arguments is null || !name.EndsWith("Dictionary", StringComparison.Ordinal)) return type;
        // The capture keeps the first entries only, and does not say how many there were.
        var count = members.Count < CaptureFormat.MaxItems ? Format($"{members.Count}") : Format($"{members.Count} or more");
        return $"{name} of {count} {arguments[(arguments.IndexOf(", ", StringComparison.Ordinal) + 1)..].TrimStart()}";
    }

    // Counts and switches are worth more than their names, and say nothing about a person.
    private static string Named(KeyValuePair<string, JsonNode?> member) =>
        member.Value?.GetValueKind() is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False
            ? $"{member.Key}: {member.Value!.ToJsonString()}"
            : member.Key;

    // An interface is named as what it is an interface of.
    private static (string Name, string? Arguments) Parts(string type)
    {
        var start = type.IndexOf('<', StringComparison.Ordinal);
        var name = start < 0 ? type : type[..start];
        if (start >= 0)
        {
            var prefix = name.StartsWith("IReadOnly", StringComparison.Ordinal) ? "IReadOnly".Length : name.StartsWith('I') ? 1 : 0;
            if (name.Length > prefix && char.IsUpper(name[prefix])) name = name[prefix..];
        }

        return (name == "Enumerable" ? "List" : name, start < 0 ? null : type[(start + 1)..^1]);
    }

    private static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
