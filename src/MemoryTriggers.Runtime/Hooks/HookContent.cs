using System.Globalization;
using MemoryTriggers.Decoding;

namespace MemoryTriggers.Hooks;

/// <summary>The readable line of an event.</summary>
internal static class HookContent
{
    private const string Unknown = "unknown";

    // What the conventions of OpenTelemetry call the answer of a web request, today and before.
    private static readonly string[] StatusNames = ["http.response.status_code", "http.status_code"];

    /// <param name="hook">The event.</param>
    /// <param name="detail">Its detail, as text.</param>
    /// <param name="style">The wording: that of the reference, or the plain one.</param>
    public static string Of(HookEvent hook, string detail, LineStyle style) => hook.Type switch
    {
        HookType.WorkflowComplete => Workflow(hook, style) + Part(". Results: ", detail),
        HookType.AgentOperationComplete =>
            $"Agent operation {(Succeeded(hook) ? "completed" : "failed")}: {hook.Subject ?? Unknown} - {hook.Operation} (Duration: " +
                $"{ContentLine.Milliseconds(hook.Duration)})" +
            Part(". Results: ", detail),
        HookType.IssueResolved => $"Issue resolved: {hook.Subject ?? Unknown}" + Part(". Resolution: ", detail),
        HookType.ProjectMilestone => $"Project milestone reached: {hook.Subject ?? Unknown}" + Part(". Description: ", detail),
        HookType.DecisionPoint => $"Decision point: {hook.Subject ?? Unknown}" + Part(". Rationale: ", detail),
        HookType.KnowledgeCapture => $"Knowledge captured: {hook.Subject ?? "general"}" + Part(". Content: ", detail),
        HookType.PatternDetection => $"Pattern detected: {hook.Subject ?? Unknown}" + Part(". Description: ", detail),
        // Without a solution nothing is resolved.
        _ when hook.IsError => style == LineStyle.Reference || hook.Solution is { Length: > 0 } ? Resolution(hook) : Error(hook),
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

    private static string Workflow(HookEvent hook, LineStyle style)
    {
        var (time, type) = (ContentLine.Milliseconds(hook.Duration), Part(" (type: ", hook.Subject, ")"));
        if (style == LineStyle.Reference)
            return $"Workflow '{hook.Operation}' completed {(Succeeded(hook) ? $"successful in {time}" : "failed")}{type}";

        var ending = hook.Outcome switch
        {
            TriggerOutcome.Success when Refusal(hook) is { } status =>
                string.Create(CultureInfo.InvariantCulture, $"answered {status} in {time}"),
            TriggerOutcome.Success => $"completed in {time}",
            var other => PlainLine.Ending(other),
        };
        return $"Workflow '{hook.Operation}'{type} {ending}{(Succeeded(hook) ? "" : Part(": ", Reason(hook)))}";
    }

    private static int? Refusal(HookEvent hook)
    {
        foreach (var name in StatusNames)
        {
            if (hook.Metadata.TryGetValue(name, out var value) && value is int status && PlainLine.IsRefusal(status)) return status;
        }

        return null;
    }

    private static string Error(HookEvent error) =>
        $"Error{Part(" in ", Operation(error))}" + Part(": ", Reason(error) ?? Unknown);

    private static string Resolution(HookEvent error) =>
        $"Error resolution: {ErrorType(error) ?? Unknown}" + Part(" - ", Operation(error)) + Part(". Error: ", Message(error))
            + Part(". Solution: ", error.Solution);

    private static string? Operation(HookEvent error) => error.Operation == HookTypes.Name(error.Type) ? null : error.Operation;

    private static string? Reason(HookEvent hook) => (ErrorType(hook), Message(hook)) switch
    {
        ({ } type, { Length: > 0 } message) => $"{type}: {message}",
        (var type, var message) => message is { Length: > 0 } ? message : type,
    };

    private static string? Message(HookEvent error)
    {
        var thrown = error.Exception is { } exception ? MessageOf(exception) : null;
        if (error.ErrorMessage is not { Length: > 0 } said) return thrown;
        return thrown is not { Length: > 0 } || said.EndsWith(thrown, StringComparison.Ordinal) ? said : $"{said}: {thrown}";
    }

    private static string Part(string before, string? text, string after = "") => text is { Length: > 0 } ? before + text + after : "";
}
