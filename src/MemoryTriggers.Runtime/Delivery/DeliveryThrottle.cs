namespace MemoryTriggers.Delivery;

/// <summary>Lets at most so many records through to the store within any second. First come, first served. Thread-safe.</summary>
internal sealed class DeliveryThrottle(int recordsPerSecond, TimeProvider time)
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Queue<(long At, int Records)> _passed = [];
    private volatile int _rate = recordsPerSecond;
    private int _inWindow;
    private Task _last = Task.CompletedTask;

    /// <summary>How many records may pass together: a larger batch is cut.</summary>
    public int MaxBatch => _rate is > 0 and var rate ? rate : int.MaxValue;

    /// <summary>Waits for the turn of a batch.</summary>
    /// <param name="records">Its records, at most <see cref="MaxBatch"/>.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="OperationCanceledException">Stopped.</exception>
    public async ValueTask WaitAsync(int records, CancellationToken cancellationToken)
    {
        if (_rate == 0) return;
        // Not a semaphore: that gives every turn to the thread pool.
        var turn = new TaskCompletionSource();
        Task previous;
        lock (_gate) (previous, _last) = (_last, turn.Task);
        try
        {
            await previous.WaitAsync(cancellationToken).ConfigureAwait(false);
            while (Pause(records) is { } pause) await Task.Delay(pause, time, cancellationToken).ConfigureAwait(false);
            _passed.Enqueue((time.GetTimestamp(), records));
            _inWindow += records;
        }
        finally
        {
            if (previous.IsCompleted) turn.SetResult();
            else _ = PassOnAsync(previous, turn);
        }
    }

    /// <summary>Another rate, for the next batch.</summary>
    public void Change(int rate) => _rate = rate;

    // Given up before its turn: the next one follows the previous one.
    private static async Task PassOnAsync(Task previous, TaskCompletionSource turn)
    {
        await previous.ConfigureAwait(false);
        turn.SetResult();
    }

    /// <returns>How long to wait before looking again; <see langword="null"/> when the batch may pass.</returns>
    private TimeSpan? Pause(int records)
    {
        while (_passed.TryPeek(out var oldest) && time.GetElapsedTime(oldest.At) >= Window)
        {
            _passed.Dequeue();
            _inWindow -= oldest.Records;
        }

        var rate = _rate;
        if (rate == 0 || _inWindow == 0 || _inWindow + records <= rate) return null;
        var left = Window - time.GetElapsedTime(_passed.Peek().At);
        // A timer counts whole milliseconds: less than one would not wait at all.
        return left < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1) : left;
    }
}
