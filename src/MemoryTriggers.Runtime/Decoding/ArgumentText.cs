using System.Text.Json;
using System.Text.Json.Nodes;
using MemoryTriggers.Capture;

namespace MemoryTriggers.Decoding;

/// <summary>
/// The captured arguments by which an execution is found: numbers, times, names and the like; of an object what identifies it.
/// </summary>
internal static class ArgumentText
{
    private const int MaxText = 100;
    private const int MaxAll = 400;
    private static readonly string[] Identifying = ["Id", "Slug", "Code", "Number", "Key"];

    /// <summary>Such as <c>id: 7, slug: dragons</c>; <see langword="null"/> when there are none.</summary>
    /// <param name="record">The record.</param>
    /// <param name="definition">Its trigger.</param>
    /// <param name="template">The template of the line: the arguments that it names are in the line already.</param>
    public static string? Of(DecodedRecord record, TriggerDefinition definition, string template = "")
    {
        if (!definition.CaptureArguments || record.Arguments.Count == 0) return null;
        var found = new List<string>();
        foreach (var (index, value) in record.Arguments)
        {
            if (index >= definition.Parameters.Count) continue;
            var name = definition.Parameters[index];
            if (TemplateNames.Contains(template, name)) continue;
            if (Scalar(value) is { } text) found.Add($"{name}: {text}");
            else if (value is JsonObject members) found.AddRange(Identities(name, members));
        }

        return found.Count == 0 ? null : ContentLine.Shorten(string.Join(", ", found), MaxAll);
    }

    private static IEnumerable<string> Identities(string name, JsonObject members) =>
        from member in members
        where Identifying.Any(word => member.Key.EndsWith(word, StringComparison.Ordinal))
        let text = Scalar(member.Value)
        where text is not null
        select $"{name}.{member.Key}: {text}";

    // A mark of the capture is no value.
    private static string? Scalar(JsonNode? value) => value?.GetValueKind() switch
    {
        null or JsonValueKind.Object or JsonValueKind.Array => null,
        JsonValueKind.String when ContentLine.Text(value) is var text =>
            text.Length == 0 || text.StartsWith('[') && text.EndsWith(']') ? null : ContentLine.Shorten(text, MaxText),
        _ => ContentLine.Text(value),
    };
}
