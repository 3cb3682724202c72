using MemoryTriggers.Decoding;

namespace MemoryTriggers.Hooks;

/// <summary>The readable line of an event.</summary>
internal static class HookContent
{
    /// <param name="hook">The event.</param>
    /// <param name="detail">The result, as text.</param>
    public static string Of(HookEvent hook, string detail) => hook switch
    {
        WorkflowCompleted workflow =>
            $"Workflow '{hook.Operation}' completed " +
                $"{(workflow.Success ? $"successful in {ContentLine.Milliseconds(hook.Duration)}" : "failed")}" +
            Part(" (type: ", workflow.WorkflowType, ")") + Part(". Results: ", detail),
        AgentOperationCompleted agent =>
            $"Agent operation {(agent.Success ? "completed" : "failed")}: {agent.AgentType ?? "unknown"} - {hook.Operation} (Duration: " +
                $"{ContentLine.Milliseconds(hook.Duration)})" +
            Part(". Results: ", detail),
        IssueResolved issue => $"Issue resolved: {issue.IssueId}" + Part(". Resolution: ", detail),
        ErrorHookEvent error => Error(error),
        MilestoneReached milestone => $"Project milestone reached: {milestone.Milestone}" + Part(". Description: ", detail),
        DecisionMade decision => $"Decision point: {decision.Decision}" + Part(". Rationale: ", detail),
        KnowledgeCaptured knowledge => $"Knowledge captured: {knowledge.KnowledgeType ?? "general"}" + Part(". Content: ", detail),
        PatternDetected pattern => $"Pattern detected: {pattern.PatternType ?? "unknown"}" + Part(". Description: ", detail),
        _ => $"Framework operation: {hook.Operation}",
    };

    /// <summary>The exception's message; one that throws instead of answering has none.</summary>
    public static string MessageOf(Exception exception)
    {
        try
        {
            return exception.Message ?? "";
        }
        catch (Exception unreadable)
        {
            // Capture entry point: Message may be the user's code.
            return Capture.CaptureMarkers.Unreadable(unreadable);
        }
    }

    private static string Error(ErrorHookEvent error)
    {
        var operation = error.Operation == HookTypes.Name(error.Type) ? null : error.Operation;
        return $"Error resolution: {error.Subject ?? "unknown"}" + Part(" - ", operation) + Part(". Error: ", Message(error))
            + Part(". Solution: ", error.Solution);
    }

    private static string? Message(ErrorHookEvent error)
    {
        var thrown = error.Exception is { } exception ? MessageOf(exception) : null;
        if (error.ErrorMessage is not { Length: > 0 } said) return thrown;
        return thrown is not { Length: > 0 } || said.EndsWith(thrown, StringComparison.Ordinal) ? said : $"{said}: {thrown}";
    }

    private static string Part(string before, string? text, string after = "") => text is { Length: > 0 } ? before + text + after : "";
}
