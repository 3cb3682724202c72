namespace MemoryTriggers.Hooks;

/// <summary>
/// Tells of how a process without a host ends: by an exception, or while its memory is still at work. Disposing it again is harmless.
/// </summary>
internal sealed class ProcessWatch : IDisposable
{
    private readonly MemoryHooks _hooks;
    private readonly CrashWatch _crashes;
    private readonly long _started;

    public ProcessWatch(MemoryHooks hooks)
    {
        (_hooks, _started) = (hooks, hooks.Time.GetTimestamp());
        _crashes = new CrashWatch(hooks);
        AppDomain.CurrentDomain.ProcessExit += OnExit;
    }

    public void Dispose()
    {
        _crashes.Dispose();
        AppDomain.CurrentDomain.ProcessExit -= OnExit;
    }

    // Environment.Exit, a signal, or a Main that returns without having stopped the memory. What the journal has by now is stored by the
    // next start.
    private void OnExit(object? sender, EventArgs arguments)
    {
        try
        {
            HeldLines.TellAll();
            _hooks.Publish(new HookEvent
            {
                Type = HookType.WorkflowComplete,
                Operation = "process end",
                Subject = "process",
                Source = "process",
                Outcome = Environment.ExitCode == 0 ? TriggerOutcome.Success : TriggerOutcome.Failure,
                Duration = _hooks.Time.GetElapsedTime(_started),
                Metadata = new Dictionary<string, object?>
                {
                    ["exit_code"] = Environment.ExitCode,
                    ["process_id"] = Environment.ProcessId,
                    ["machine"] = Environment.MachineName,
                },
                MustSync = true,
            });
        }
        catch (Exception)
        {
            // Capture entry point, in a handler of the runtime: the process ends as it would without us.
            _hooks.CountFault();
        }
    }
}
