using MemoryTriggers.Capture;

namespace MemoryTriggers.Hooks;

/// <summary>Reports an uncaught exception. Never throws.</summary>
internal static class UncaughtException
{
    public const string Unhandled = "unhandled_exception";
    public const string Unobserved = "unobserved_task_exception";
    public const string Background = "background_service";

    /// <param name="hooks">The receiver.</param>
    /// <param name="tag">Where it was not caught: one of the constants.</param>
    /// <param name="thrown">The thrown object; other languages throw objects that are no exceptions.</param>
    /// <param name="isTerminating">Whether the process ends of it.</param>
    /// <param name="operation">The operation that it left; the tag when unknown.</param>
    public static void Tell(MemoryHooks hooks, string tag, object? thrown, bool isTerminating, string? operation = null)
    {
        try
        {
            var exception = thrown as Exception;
            ThrownFlows.Run(exception, () => TellHere(hooks, tag, thrown, isTerminating, operation));
        }
        catch (Exception)
        {
            // Capture entry point, in a handler of the runtime: a throw here would hide the exception that it is about.
            hooks.CountFault();
        }
    }

    private static void TellHere(MemoryHooks hooks, string tag, object? thrown, bool isTerminating, string? operation)
    {
        var exception = thrown as Exception;
        var isOurs = tag == Background;
        if (!isTerminating && !isOurs && hooks.IsForeign) return;
        // That one ends the process is worth a memory, though its log line may be one already.
        if (!isTerminating && !RememberedExceptions.TryAdd(exception)) return;
        hooks.Publish(new HookEvent
        {
            Type = HookType.ErrorResolution,
            Operation = operation ?? tag,
            Source = "host",
            // Not the text of an exception, which is read with it: that is the user's code, and may throw.
            ErrorMessage = exception is null ? $"{What(tag)}: {thrown}" : What(tag),
            Exception = exception,
            Tags = isTerminating ? [tag, "crash"] : [tag],
            Metadata = new Dictionary<string, object?> { ["is_terminating"] = isTerminating },
            MustSync = isTerminating,
            Once = isOurs ? null : exception,
        });
    }

    private static string What(string tag) => tag switch
    {
        Unobserved => "An unobserved exception of a task",
        Background => "A background service ended with an exception",
        _ => "An uncaught exception",
    };
}
