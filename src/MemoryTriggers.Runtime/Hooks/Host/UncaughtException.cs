using MemoryTriggers.Capture;

namespace MemoryTriggers.Hooks;

/// <summary>Tells of an exception that nobody has caught. Never throws.</summary>
internal static class UncaughtException
{
    public static void Tell(MemoryHooks hooks, string tag, string what, Exception? exception, bool isTerminating, string text)
    {
        try
        {
            // That one ends the process is worth a memory, though its log line may be one already.
            if (!isTerminating && !RememberedExceptions.TryAdd(exception)) return;
            ThrownFlows.Run(exception, () => hooks.Publish(new ErrorOccurred
            {
                Operation = tag,
                Source = "host",
                ErrorMessage = exception is null ? $"{what}: {text}" : what,
                Exception = exception,
                Tags = isTerminating ? [tag, "crash"] : [tag],
                Metadata = new Dictionary<string, object?> { ["is_terminating"] = isTerminating },
                MustSync = isTerminating,
                Once = isTerminating ? exception : null,
            }));
        }
        catch (Exception)
        {
            // Capture entry point, in a handler of the runtime: a throw here would hide the exception that it is about.
            hooks.CountFault();
        }
    }
}
