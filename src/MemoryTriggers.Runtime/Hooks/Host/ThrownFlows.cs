using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using MemoryTriggers.Capture;

namespace MemoryTriggers.Hooks;

/// <summary>
/// Notes in which flow an exception was thrown first. By the time that it counts as uncaught, the thread has left its flow, and with it the
/// context and the parent. Costs a lookup and an entry for each exception that is thrown inside of a flow; outside it costs a read.
/// </summary>
internal static class ThrownFlows
{
    private static readonly ConditionalWeakTable<Exception, TriggerFlow> Flows = [];

    [ThreadStatic]
    private static bool _isNoting;

    public static void Watch() => AppDomain.CurrentDomain.FirstChanceException += Note;

    public static void Unwatch() => AppDomain.CurrentDomain.FirstChanceException -= Note;

    /// <summary>Does something in the flow of the exception, where this thread is in none that says more than its service.</summary>
    public static void Run(Exception? exception, Action action)
    {
        var before = TriggerFlow.Current;
        try
        {
            if (before is not { IsBare: false } && exception is not null && Flows.TryGetValue(exception, out var thrown))
                TriggerFlow.Current = thrown;
            action();
        }
        finally
        {
            TriggerFlow.Current = before;
        }
    }

    private static void Note(object? sender, FirstChanceExceptionEventArgs arguments)
    {
        // Where memory has run out, noting may throw, and would be notified of that as well.
        if (_isNoting || TriggerFlow.Current is not { } flow || flow.IsSuppressed) return;

        _isNoting = true;
        try
        {
            Flows.TryAdd(arguments.Exception, flow);
        }
        catch (OutOfMemoryException)
        {
            CaptureFaults.Count();
        }
        finally
        {
            _isNoting = false;
        }
    }
}
