using System.Text;
using System.Text.Json.Nodes;
using MemoryTriggers.Capture;

namespace MemoryTriggers.Decoding;

/// <summary>
/// Fills a template such as <c>Pushed {branch}: {result.Count}</c>. <c>{{</c> and <c>}}</c> are braces. A name without a value
/// stays unchanged, so that nothing is invented; the compiler has already reported it. Of a failure the text stays, a result that it does
/// not have is a question mark, and the error follows unless the template has it.
/// </summary>
internal sealed class ContentTemplate(string template, TriggerDefinition definition, DecodedRecord record, LineOptions options)
{
    private const string NoValue = "?";
    private static readonly List<string> Errors = ["{error}", "{error.Message}"];

    private bool IsSuccess => record.Outcome == TriggerOutcome.Success;

    public string Fill()
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
                line.Append(Value(name));
                at = end;
            }
            else
            {
                line.Append(character);
            }
        }

        if (!IsSuccess && !Errors.Exists(name => template.Contains(name, StringComparison.Ordinal)))
            line.Append(" - ").Append(Masked(PlainLine.Ending(record.Outcome, record)));
        if (options.Style != LineStyle.Reference && ArgumentText.Of(record, definition, template) is { } arguments)
            line.Append(" (").Append(Masked(arguments)).Append(')');
        return ContentLine.OneLine(line.ToString());
    }

    private string Value(string name)
    {
        var parts = name.Split('.');
        if (Lookup(parts) is { } value) return Masked(value);
        return !IsSuccess && (parts[0] is "result" or "error" || definition.Parameters.Contains(parts[0])) ? NoValue : $"{{{name}}}";
    }

    private string? Lookup(string[] parts)
    {
        switch (parts[0])
        {
            case "operation": return record.Overrides.GetValueOrDefault(CaptureOverride.Operation) ?? definition.Operation;
            case "project": return record.Overrides.GetValueOrDefault(CaptureOverride.Project) ?? definition.Project;
            case "duration": return ContentLine.Milliseconds(record.Duration);
            case "error" when IsSuccess: return "";
            case "error": return parts.Length == 1 ? ErrorText.Of(record) ?? "" : ErrorText.Member(record, parts.AsSpan(1));
            case "result" when record.HasResult: return Member(record.Result, parts, definition.ResultType);
        }

        for (var index = 0; index < definition.Parameters.Count; index++)
        {
            if (definition.Parameters[index] == parts[0] && record.Arguments.TryGetValue(index, out var value))
                return Member(value, parts, index < definition.ParameterTypes.Count ? definition.ParameterTypes[index] : null);
        }

        return null;
    }

    private string? Member(JsonNode? value, string[] parts, string? type)
    {
        foreach (var part in parts.AsSpan(1))
        {
            value = value switch
            {
                JsonObject members when members.TryGetPropertyValue(part, out var member) => member,
                JsonArray items when part is "Count" or "Length" => CapturedSize.Count(items) ?? items.Count - 1,
                JsonValue text when part is "Length" && text.TryGetValue<string>(out var characters) => CapturedSize.Length(characters),
                _ => null,
            };
            if (value is null) return null;
            type = null;
        }

        // Text is what the template asks for; an object is named, and not written out.
        return value is JsonObject or JsonArray && options.Style != LineStyle.Reference
            ? ValueSummary.Of(value, type is { Length: > 0 } ? type : null)
            : ContentLine.Text(value);
    }

    private string Masked(string text) => options.MaskPersonalData ? PersonalData.Mask(text) : text;
}
