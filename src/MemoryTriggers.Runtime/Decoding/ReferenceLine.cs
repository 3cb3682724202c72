namespace MemoryTriggers.Decoding;

/// <summary>The wording of the reference.</summary>
internal static class ReferenceLine
{
    public static string Of(TriggerType type, string operation, string? subject, DecodedRecord record)
    {
        var line = Opening(type, operation, subject, record);
        if (ErrorText.Of(record) is { } error) line += $". Error: {error}";
        if (record.Outcome == TriggerOutcome.Abandoned) line += $". Abandoned after {record.Items} items";
        return line;
    }

    public static string ResultLabel(TriggerType type) => type switch
    {
        TriggerType.IssueResolution => "Resolution",
        TriggerType.ErrorResolution => "Solution",
        TriggerType.ProjectMilestone or TriggerType.PatternDetection => "Description",
        TriggerType.KnowledgeCapture => "Content",
        TriggerType.DecisionPoint => "Rationale",
        _ => "Results",
    };

    private static string Opening(TriggerType type, string operation, string? subject, DecodedRecord record)
    {
        var succeeded = record.Outcome == TriggerOutcome.Success;
        var time = ContentLine.Milliseconds(record.Duration);
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
}
