namespace MemoryTriggers.Delivery;

/// <summary>
/// Wakes the pump. An append looks at one flag and does more only when the pump sleeps. The pump raises the flag before it looks for
/// work a last time, and an append claims its space (a full fence) before it looks at the flag: one of the two always sees the other.
/// </summary>
internal sealed class PumpSignal(TimeProvider time)
{
    // A sleeping pump looks around now and then all the same: to take over a clock that was set.
    private static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(5);

    // How often it checks whether a batch is full.
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    private TaskCompletionSource _wake = NewWake();
    private int _isSleeping;
    private int _isUrgent;

    /// <summary>A record has arrived. Called by every capture; neither waits nor allocates.</summary>
    public void Appended()
    {
        if (Volatile.Read(ref _isSleeping) != 0 && Interlocked.Exchange(ref _isSleeping, 0) != 0) Volatile.Read(ref _wake).TrySetResult();
    }

    /// <summary>A caller waits: neither sleep nor gather.</summary>
    public void Urgent()
    {
        Volatile.Write(ref _isUrgent, 1);
        Volatile.Write(ref _isSleeping, 0);
        Volatile.Read(ref _wake).TrySetResult();
    }

    /// <summary>Waits for a record, then for more, unless they are enough for a batch, or a caller waits for them to be stored.</summary>
    public async Task WaitAsync(Func<bool> hasPending, TimeSpan gather, Func<bool> isFull)
    {
        Volatile.Write(ref _wake, NewWake());
        Interlocked.Exchange(ref _isSleeping, 1);
        if (!hasPending()) await PauseAsync(LongestSleep).ConfigureAwait(false);
        Volatile.Write(ref _isSleeping, 0);

        Volatile.Write(ref _wake, NewWake());
        if (hasPending()) await GatherAsync(gather, isFull).ConfigureAwait(false);
        Volatile.Write(ref _isUrgent, 0);
    }

    private async Task GatherAsync(TimeSpan gather, Func<bool> isFull)
    {
        var started = time.GetTimestamp();
        while (gather - time.GetElapsedTime(started) is var left && left > TimeSpan.Zero && Volatile.Read(ref _isUrgent) == 0 && !isFull())
            await PauseAsync(left < Look ? left : Look).ConfigureAwait(false);
    }

    private async Task PauseAsync(TimeSpan duration)
    {
        if (Volatile.Read(ref _isUrgent) != 0 || duration == TimeSpan.Zero) return;
        using var ended = new CancellationTokenSource();
        await Task.WhenAny(Volatile.Read(ref _wake).Task, Task.Delay(duration, time, ended.Token)).ConfigureAwait(false);
        await ended.CancelAsync().ConfigureAwait(false);
    }

    private static TaskCompletionSource NewWake() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
