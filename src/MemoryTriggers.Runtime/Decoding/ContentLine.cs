using System.Text.Json;
using System.Text.Json.Nodes;
using MemoryTriggers.Capture;

namespace MemoryTriggers.Decoding;

/// <summary>The readable line of a memory when its trigger has no template: one wording for each trigger type and style.</summary>
internal static class ContentLine
{
    private const int MaxResult = 300;

    public static string Compose(TriggerDefinition definition, string operation, string? subject, DecodedRecord record, LineStyle style)
    {
        var isPlain = style == LineStyle.Plain || style == LineStyle.Auto && !definition.RememberEach;
        var line = isPlain
            ? PlainLine.Of(definition, OperationText.Readable(definition, operation), subject, record)
            : ReferenceLine.Of(definition.Type, NameOf(definition, operation, style), subject, record);
        var result = record.HasResult && record.Outcome == TriggerOutcome.Success ? Result(definition, record, style) : "";
        if (result.Length > 0) line += $". {ReferenceLine.ResultLabel(definition.Type)}: {result}";
        if (style != LineStyle.Reference && ArgumentText.Of(record, definition) is { } arguments) line += $". Arguments: {arguments}";
        if (record.Handled is [.., var handled]) line += $". Handled: {ErrorText.Of(handled)}";
        return OneLine(line);
    }

    public static string OneLine(string text) => text.Replace("\r\n", " ", StringComparison.Ordinal).Replace('\n', ' ').Replace('\r', ' ');

    public static string Milliseconds(TimeSpan duration) => FormattableString.Invariant($"{duration.TotalMilliseconds:F1}ms");

    /// <summary>A value as a person reads it: text without quotes, anything else as JSON.</summary>
    public static string Text(JsonNode? value) => value switch
    {
        null => "",
        JsonValue scalar when scalar.TryGetValue<string>(out var text) => text,
        // A time or an id: text in JSON, without anything that is escaped.
        JsonValue scalar when scalar.GetValueKind() == JsonValueKind.String => scalar.ToJsonString(CompactJson.Options).Trim('"'),
        _ => value.ToJsonString(CompactJson.Options),
    };

    /// <summary>At most so many characters and a mark, never cut inside of one that takes two.</summary>
    public static string Shorten(string text, int limit) =>
        text.Length <= limit ? text : text[..(char.IsHighSurrogate(text[limit - 1]) ? limit - 1 : limit)] + "…";

    // A name that every handler has tells nothing apart.
    private static string NameOf(TriggerDefinition definition, string operation, LineStyle style) =>
        style != LineStyle.Reference && operation == definition.Operation && GeneralNames.Contains(operation)
            ? OperationText.Readable(definition, operation)
            : operation;

    private static string Result(TriggerDefinition definition, DecodedRecord record, LineStyle style) => style == LineStyle.Reference
        ? Shorten(Text(record.Result), MaxResult)
        : ValueSummary.Of(record.Result, definition.ResultType);
}
