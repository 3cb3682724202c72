using MemoryTriggers.Decoding;

namespace MemoryTriggers.Hooks;

/// <summary>The readable line of an event.</summary>
internal static class HookContent
{
    private const string Unknown = "unknown";

    /// <param name="hook">The event.</param>
    /// <param name="detail">Its detail, as text.</param>
    public static string Of(HookEvent hook, string detail) => hook.Type switch
    {
        HookType.WorkflowComplete =>
            $"Workflow '{hook.Operation}' completed " +
                $"{(Succeeded(hook) ? $"successful in {ContentLine.Milliseconds(hook.Duration)}" : "failed")}" +
            Part(" (type: ", hook.Subject, ")") + Part(". Results: ", detail),
        HookType.AgentOperationComplete =>
            $"Agent operation {(Succeeded(hook) ? "completed" : "failed")}: {hook.Subject ?? Unknown} - {hook.Operation} (Duration: " +
                $"{ContentLine.Milliseconds(hook.Duration)})" +
            Part(". Results: ", detail),
        HookType.IssueResolved => $"Issue resolved: {hook.Subject ?? Unknown}" + Part(". Resolution: ", detail),
        HookType.ProjectMilestone => $"Project milestone reached: {hook.Subject ?? Unknown}" + Part(". Description: ", detail),
        HookType.DecisionPoint => $"Decision point: {hook.Subject ?? Unknown}" + Part(". Rationale: ", detail),
        HookType.KnowledgeCapture => $"Knowledge captured: {hook.Subject ?? "general"}" + Part(". Content: ", detail),
        HookType.PatternDetection => $"Pattern detected: {hook.Subject ?? Unknown}" + Part(". Description: ", detail),
        _ when hook.IsError => Error(hook),
        _ => $"Framework operation: {hook.Operation}",
    };

    /// <summary>The type of the error, as it is named in the line and searched by.</summary>
    public static string? ErrorType(HookEvent error) => error.ErrorType ?? error.Exception?.GetType().Name;

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

    private static bool Succeeded(HookEvent hook) => hook.Outcome == TriggerOutcome.Success;

    private static string Error(HookEvent error)
    {
        var operation = error.Operation == HookTypes.Name(error.Type) ? null : error.Operation;
        return $"Error resolution: {ErrorType(error) ?? Unknown}" + Part(" - ", operation) + Part(". Error: ", Message(error))
            + Part(". Solution: ", error.Solution);
    }

    private static string? Message(HookEvent error)
    {
        var thrown = error.Exception is { } exception ? MessageOf(exception) : null;
        if (error.ErrorMessage is not { Length: > 0 } said) return thrown;
        return thrown is not { Length: > 0 } || said.EndsWith(thrown, StringComparison.Ordinal) ? said : $"{said}: {thrown}";
    }

    private static string Part(string before, string? text, string after = "") => text is { Length: > 0 } ? before + text + after : "";
}
