namespace MemoryTriggers.Hooks;

/// <summary>Tells of exceptions that nobody has caught, until it is disposed. Disposing it again is harmless.</summary>
internal sealed class CrashWatch : IDisposable
{
    private readonly MemoryHooks _hooks;

    /// <param name="hooks">Who is told.</param>
    /// <param name="unhandled">Whether of those that end the process.</param>
    /// <param name="unobserved">Whether of those of tasks that nobody looked at.</param>
    public CrashWatch(MemoryHooks hooks, bool unhandled = true, bool unobserved = true)
    {
        _hooks = hooks;
        if (unhandled) AppDomain.CurrentDomain.UnhandledException += OnUnhandled;
        if (unobserved) TaskScheduler.UnobservedTaskException += OnUnobserved;
        if (unhandled || unobserved) ThrownFlows.Watch();
    }

    public void Dispose()
    {
        AppDomain.CurrentDomain.UnhandledException -= OnUnhandled;
        TaskScheduler.UnobservedTaskException -= OnUnobserved;
        ThrownFlows.Unwatch();
    }

    // On the thread that dies. When this returns the process ends.
    private void OnUnhandled(object sender, UnhandledExceptionEventArgs arguments)
    {
        HeldLines.TellAll();
        UncaughtException.Tell(
            _hooks, "unhandled_exception", "An exception that nobody caught", arguments.ExceptionObject as Exception, arguments.IsTerminating, $"{arguments.ExceptionObject}");
    }

    private void OnUnobserved(object? sender, UnobservedTaskExceptionEventArgs arguments)
    {
        foreach (var exception in arguments.Exception.InnerExceptions)
        {
            UncaughtException.Tell(_hooks, "unobserved_task_exception", "An exception of a task that nobody looked at", exception, isTerminating: false, text: "");
        }
    }
}
