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
    private long _due = long.MaxValue;
    private long _usual;

    /// <summary>A record has arrived. Called by every capture; neither waits nor allocates.</summary>
    public void Appended()
    {
        if (Volatile.Read(ref _isSleeping) != 0 && Interlocked.Exchange(ref _isSleeping, 0) != 0) Volatile.Read(ref _wake).TrySetResult();
    }

    /// <summary>A record has arrived where some may wait longer or shorter than others.</summary>
    /// <param name="age">How long it may wait for others; <see langword="null"/> for as long as usual.</param>
    public void Appended(TimeSpan? age)
    {
        var usual = TimeSpan.FromTicks(Interlocked.Read(ref _usual));
        NoteDue(time.GetTimestamp() + (long)((age ?? usual).TotalSeconds * time.TimestampFrequency));
        Appended();
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
        Interlocked.Exchange(ref _usual, gather.Ticks);
        // Of records that are read already. Those that arrive now are in the journal before they are noted.
        var due = Interlocked.Exchange(ref _due, long.MaxValue);
        if (hasPending()) NoteDue(due);
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
        while (Left(started, gather) is var left && left > TimeSpan.Zero && Volatile.Read(ref _isUrgent) == 0 && !isFull())
            await PauseAsync(left < Look ? left : Look).ConfigureAwait(false);
    }

    // The first record that may not wait longer ends the wait of all.
    private TimeSpan Left(long started, TimeSpan gather)
    {
        var due = Interlocked.Read(ref _due);
        return due == long.MaxValue ? gather - time.GetElapsedTime(started) : time.GetElapsedTime(time.GetTimestamp(), due);
    }

    private void NoteDue(long due)
    {
        for (var known = Interlocked.Read(ref _due); due < known;)
        {
            var seen = Interlocked.CompareExchange(ref _due, due, known);
            if (seen == known) return;
            known = seen;
        }
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
