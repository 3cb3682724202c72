namespace MemoryTriggers.Delivery;

/// <summary>
/// Deliveries that wait for a sign that the store is well. The drain reads on meanwhile: what is stored then is that sign. Thread-safe.
/// </summary>
internal sealed class StalledDeliveries
{
    // An ill store stalls every delivery: what is read must not fill the memory.
    private const int MaxRoom = 4;
    private TaskCompletionSource _next = New();
    private int _count;

    /// <summary>How many deliveries more may be under way because of those that are stalled.</summary>
    public int Room => Math.Min(MaxRoom, Volatile.Read(ref _count));

    /// <summary>Completes when another delivery stalls.</summary>
    public Task Next => Volatile.Read(ref _next).Task;

    public void Begin()
    {
        Interlocked.Increment(ref _count);
        Interlocked.Exchange(ref _next, New()).TrySetResult();
    }

    public void End() => Interlocked.Decrement(ref _count);

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
