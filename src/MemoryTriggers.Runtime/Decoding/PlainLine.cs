using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using MemoryTriggers.Capture;

namespace MemoryTriggers.Decoding;

/// <summary>The plain wording: what it was, what became of it, and why.</summary>
internal static class PlainLine
{
    private const int FirstRefusal = 400;

    public static string Of(TriggerDefinition definition, string operation, string? subject, DecodedRecord record)
    {
        var what = What(definition.Type, operation, subject is null || subject == operation ? "" : subject);
        var time = ContentLine.Milliseconds(record.Duration);
        var status = definition.Tags.Contains("http") && record.Metadata.GetValueOrDefault("status") is { } code ? Status(code) : null;
        return record.Outcome switch
        {
            TriggerOutcome.Success => status is { } answer ? $"{what} answered {answer} in {time}" : $"{what} completed in {time}",
            var other => $"{what} {Ending(other, record, status)}",
        };
    }

    /// <summary>Whether the answer of a web request is one that refuses.</summary>
    public static bool IsRefusal(int status) => status >= FirstRefusal;

    /// <summary>What became of something that did not succeed.</summary>
    public static string Ending(TriggerOutcome outcome) => outcome switch
    {
        TriggerOutcome.Canceled => "was canceled",
        TriggerOutcome.Abandoned => "was abandoned",
        _ => "failed",
    };

    /// <summary>What became of something that did not succeed, and why.</summary>
    public static string Ending(TriggerOutcome outcome, DecodedRecord record, string? status = null)
    {
        var reason = ErrorText.Of(record) ?? (status is null ? null : $"answered {status}");
        var ending = Ending(outcome);
        if (outcome == TriggerOutcome.Abandoned) ending += string.Create(CultureInfo.InvariantCulture, $" after {record.Items ?? 0} items");
        return reason is null ? ending : $"{ending}: {reason}";
    }

    private static string What(TriggerType type, string operation, string subject) => type switch
    {
        TriggerType.WorkflowCompletion => $"Workflow '{operation}'{Of(" (type: ", subject, ")")}",
        TriggerType.AgentOperation => $"Agent operation '{operation}'{Of(" of ", subject)}",
        TriggerType.IssueResolution => $"Work on issue{Of(" ", subject)} in '{operation}'",
        TriggerType.ErrorResolution => $"Handling of error{Of(" ", subject)} in '{operation}'",
        TriggerType.ProjectMilestone => $"Milestone{Of(" ", subject)} in '{operation}'",
        TriggerType.KnowledgeCapture => $"Capture of knowledge{Of(" ", subject)} in '{operation}'",
        TriggerType.PatternDetection => $"Detection of pattern{Of(" ", subject)} in '{operation}'",
        TriggerType.DecisionPoint => $"Decision{Of(" ", subject)} in '{operation}'",
        _ => $"Operation '{operation}'",
    };

    // An answer that refuses is no failure of the operation, and no success that a reader wants to see as one.
    private static string? Status(JsonNode code) =>
        code.GetValueKind() == JsonValueKind.Number && int.TryParse(code.ToJsonString(), CultureInfo.InvariantCulture, out var status)
            && IsRefusal(status)
            ? status.ToString(CultureInfo.InvariantCulture)
            : null;

    private static string Of(string before, string text, string after = "") => text.Length == 0 ? "" : before + text + after;
}
