namespace MemoryTriggers.Vectors;

/// <summary>Counts what is to be done, and tells when nothing is left. Thread-safe.</summary>
internal sealed class VectorIdle
{
    private readonly Lock _gate = new();
    private TaskCompletionSource? _waiting;
    private long _open = 1;

    public void Begin()
    {
        lock (_gate) _open++;
    }

    /// <summary>The first look through the store is over. Once.</summary>
    public void Started() => End();

    public void End()
    {
        lock (_gate)
        {
            if (--_open > 0) return;
            _waiting?.TrySetResult();
            _waiting = null;
        }
    }

    public Task WhenIdleAsync()
    {
        lock (_gate)
        {
            if (_open == 0) return Task.CompletedTask;
            return (_waiting ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }
}
