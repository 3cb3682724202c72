namespace MemoryTriggers.WorkQueue;

/// <summary>Wakes all who wait. Thread-safe.</summary>
internal sealed class WakeUp
{
    private TaskCompletionSource _next = New();

    /// <summary>
    /// Ends with the next <see cref="Ring"/>. Take it before looking for work: then nothing that comes after the look is missed.
    /// </summary>
    public Task Next => Volatile.Read(ref _next).Task;

    public void Ring() => Interlocked.Exchange(ref _next, New()).SetResult();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
