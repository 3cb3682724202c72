using System.Runtime.CompilerServices;

namespace MemoryTriggers.Hooks;

/// <summary>
/// Exceptions that one of the hooks has remembered: one that is logged on three levels and then ends the process is one memory, not four.
/// Thread-safe.
/// </summary>
internal static class RememberedExceptions
{
    private static readonly ConditionalWeakTable<Exception, object> Known = [];

    /// <summary>Whether nobody has remembered it, nor what it wraps.</summary>
    public static bool TryAdd(Exception? exception)
    {
        if (exception is null) return true;
        for (var inner = exception; inner is not null; inner = inner.InnerException)
        {
            if (Known.TryGetValue(inner, out _)) return false;
        }

        return Known.TryAdd(exception, Known);
    }
}
