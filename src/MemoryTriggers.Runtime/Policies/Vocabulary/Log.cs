using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Policies;

internal static partial class Log
{
    [LoggerMessage(EventId = 3001, Message = "Policy {Rule}: {Message}")]
    public static partial void Event(ILogger logger, LogLevel level, string rule, string message);

    [LoggerMessage(3002, LogLevel.Warning, "Policy {Rule} failed ({Kind}) and was skipped; the memory is kept")]
    public static partial void RuleFailed(ILogger logger, string rule, string kind);

    [LoggerMessage(3003, LogLevel.Error, "Evaluating the policies failed ({Kind}); the memory is kept as it is")]
    public static partial void EvaluationFailed(ILogger logger, string kind);

    [LoggerMessage(EventId = 3004, Message = "Alert {Type} of policy {Rule}: {Message}")]
    public static partial void Alert(ILogger logger, LogLevel level, string type, string rule, string message);

    [LoggerMessage(3005, LogLevel.Warning, "Action {Action} of policy {Rule} failed after {Attempts} attempts: {Error}")]
    public static partial void ActionFailed(ILogger logger, string action, string rule, int attempts, string error);

    [LoggerMessage(3006, LogLevel.Warning,
        "{Count} actions of policies are dropped: too many wait, or they wait in memory and the program ends")]
    public static partial void ActionsLeftOut(ILogger logger, int count);

    [LoggerMessage(3008, LogLevel.Warning, "The state of policies cannot be written to {Path}: {Error}")]
    public static partial void StateNotSaved(ILogger logger, string path, string error);

    [LoggerMessage(3010, LogLevel.Warning, "Pending actions of policies cannot be kept in {Path}: {Error}")]
    public static partial void WaitingNotKept(ILogger logger, string path, string error);

    [LoggerMessage(3013, LogLevel.Information, "The actions of {Count} decisions wait on disk for the next start")]
    public static partial void ActionsWait(ILogger logger, int count);
}
