namespace MemoryTriggers.Hooks;

/// <summary>Reports uncaught exceptions until it is disposed. Disposing it again is harmless.</summary>
internal sealed class CrashWatch : IDisposable
{
    private readonly MemoryHooks _hooks;
    private int _watchesFlows;

    /// <param name="hooks">The receiver.</param>
    /// <param name="unhandled">Whether to report those that end the process.</param>
    /// <param name="unobserved">Whether to report unobserved exceptions of tasks.</param>
    public CrashWatch(MemoryHooks hooks, bool unhandled = true, bool unobserved = true)
    {
        _hooks = hooks;
        if (unhandled) AppDomain.CurrentDomain.UnhandledException += OnUnhandled;
        if (unobserved) TaskScheduler.UnobservedTaskException += OnUnobserved;
        if (!unhandled && !unobserved) return;
        _watchesFlows = 1;
        ThrownFlows.Watch();
    }

    public void Dispose()
    {
        AppDomain.CurrentDomain.UnhandledException -= OnUnhandled;
        TaskScheduler.UnobservedTaskException -= OnUnobserved;
        // Another one may be watching still.
        if (Interlocked.Exchange(ref _watchesFlows, 0) == 1) ThrownFlows.Unwatch();
    }

    // On the thread that dies. When this returns the process ends.
    private void OnUnhandled(object sender, UnhandledExceptionEventArgs arguments)
    {
        HeldLines.TellAll();
        UncaughtException.Tell(_hooks, UncaughtException.Unhandled, arguments.ExceptionObject, arguments.IsTerminating);
    }

    private void OnUnobserved(object? sender, UnobservedTaskExceptionEventArgs arguments)
    {
        foreach (var exception in arguments.Exception.InnerExceptions)
        {
            UncaughtException.Tell(_hooks, UncaughtException.Unobserved, exception, isTerminating: false);
        }
    }
}
