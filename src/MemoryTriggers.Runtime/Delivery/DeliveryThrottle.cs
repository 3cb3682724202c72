namespace MemoryTriggers.Delivery;

/// <summary>Lets at most so many records through to the store within any second. First come, first served. Thread-safe.</summary>
internal sealed class DeliveryThrottle(int recordsPerSecond, TimeProvider time)
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Queue<(long At, int Records)> _passed = [];
    private volatile int _rate = recordsPerSecond;
    private int _inWindow;

    /// <summary>How many records may pass together: a larger batch is cut.</summary>
    public int MaxBatch => _rate is > 0 and var rate ? rate : int.MaxValue;

    /// <summary>Waits for the turn of a batch.</summary>
    /// <param name="records">Its records, at most <see cref="MaxBatch"/>.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="OperationCanceledException">Stopped.</exception>
    public async ValueTask WaitAsync(int records, CancellationToken cancellationToken)
    {
        if (_rate == 0) return;
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            while (Pause(records) is { } pause) await Task.Delay(pause, time, cancellationToken).ConfigureAwait(false);
            _passed.Enqueue((time.GetTimestamp(), records));
            _inWindow += records;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Another rate, for the next batch.</summary>
    public void Change(int rate) => _rate = rate;

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
