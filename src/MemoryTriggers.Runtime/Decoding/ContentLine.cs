using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace MemoryTriggers.Decoding;

/// <summary>The readable line of a memory when its trigger has no template: one wording for each trigger type.</summary>
internal static class ContentLine
{
    private const int MaxResult = 300;
    private const int MaxError = 500;

    public static string Compose(TriggerType type, string operation, string? subject, DecodedRecord record)
    {
        var line = new StringBuilder(Opening(type, operation, subject, record));
        var result = record.HasResult && record.Outcome == TriggerOutcome.Success ? Text(record.Result) : null;
        if (result is { Length: > 0 }) line.Append(CultureInfo.InvariantCulture, $". {ResultLabel(type)}: {Shorten(result, MaxResult)}");
        if (Error(record) is { } error) line.Append(CultureInfo.InvariantCulture, $". Error: {error}");
        if (record.Handled is [.., var handled])
            line.Append(CultureInfo.InvariantCulture, $". Handled: {handled.ShortType}: {Shorten(handled.Message, MaxError)}");
        if (record.Outcome == TriggerOutcome.Abandoned)
            line.Append(CultureInfo.InvariantCulture, $". Abandoned after {record.Items} items");
        return line.Replace("\r\n", " ").Replace('\n', ' ').Replace('\r', ' ').ToString();
    }

    /// <summary>The error, from the outermost exception; <see langword="null"/> when there is none.</summary>
    public static string? Error(DecodedRecord record) => record.Exceptions is [] || record.Outcome is TriggerOutcome.Success
        ? null
        : string.Join(" <- ", record.Exceptions.Select(exception => $"{exception.ShortType}: {Shorten(exception.Message, MaxError)}"));

    public static string Milliseconds(TimeSpan duration) =>
        duration.TotalMilliseconds.ToString("F1", CultureInfo.InvariantCulture) + "ms";

    /// <summary>A value as a person reads it: text without quotes, anything else as JSON.</summary>
    public static string Text(JsonNode? value) => value switch
    {
        null => "",
        JsonValue scalar when scalar.TryGetValue<string>(out var text) => text,
        _ => value.ToJsonString(CompactJson.Options),
    };

    /// <summary>At most so many characters and a mark, never cut inside of one that takes two.</summary>
    public static string Shorten(string text, int limit) =>
        text.Length <= limit ? text : text[..(char.IsHighSurrogate(text[limit - 1]) ? limit - 1 : limit)] + "…";

    private static string Opening(TriggerType type, string operation, string? subject, DecodedRecord record)
    {
        var succeeded = record.Outcome == TriggerOutcome.Success;
        var time = Milliseconds(record.Duration);
        return type switch
        {
            TriggerType.WorkflowCompletion =>
                $"Workflow '{operation}' completed " +
                    $"{(succeeded ? $"successful in {time}" : "failed")}" +
                    $"{(subject is null || subject == operation ? "" : $" (type: {subject})")}",
            TriggerType.AgentOperation =>
                $"Agent operation {(succeeded ? "completed" : "failed")}: {subject ?? "unknown"} - {operation} (Duration: {time})",
            TriggerType.IssueResolution => $"Issue {(succeeded ? "resolved" : "not resolved")}: {subject ?? "unknown"} - {operation}",
            TriggerType.ErrorResolution => $"Error resolution{(succeeded ? "" : " failed")}: {subject ?? "unknown"} - {operation}",
            TriggerType.ProjectMilestone => $"Project milestone {(succeeded ? "reached" : "missed")}: {subject ?? operation} - {operation}",
            TriggerType.KnowledgeCapture => $"Knowledge {(succeeded ? "captured" : "not captured")}: {subject ?? "general"} - {operation}",
            TriggerType.PatternDetection =>
                $"Pattern {(succeeded ? "detected" : "detection failed")}: {subject ?? "unknown"} - {operation}",
            TriggerType.DecisionPoint => $"Decision point{(succeeded ? "" : " failed")}: {subject ?? operation} - {operation}",
            _ => $"Framework operation: {operation}",
        };
    }

    private static string ResultLabel(TriggerType type) => type switch
    {
        TriggerType.IssueResolution => "Resolution",
        TriggerType.ErrorResolution => "Solution",
        TriggerType.ProjectMilestone or TriggerType.PatternDetection => "Description",
        TriggerType.KnowledgeCapture => "Content",
        TriggerType.DecisionPoint => "Rationale",
        _ => "Results",
    };
}
