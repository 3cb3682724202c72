namespace MemoryTriggers.Delivery;

/// <summary>
/// Lets no more than so many records a second through to the store, by a token bucket that holds one second's worth. A batch larger than
/// that goes into debt, and the next one waits for it. Thread-safe; first come, first served.
/// </summary>
internal sealed class DeliveryThrottle(int recordsPerSecond, TimeProvider time)
{
    private volatile int _rate = recordsPerSecond;
    private readonly Lock _gate = new();
    private double _tokens = recordsPerSecond;
    private long _filled = time.GetTimestamp();

    /// <summary>Waits for the turn of a batch.</summary>
    /// <exception cref="OperationCanceledException">Stopped.</exception>
    public async ValueTask WaitAsync(int records, CancellationToken cancellationToken)
    {
        if (_rate == 0) return;
        var wait = Take(records);
        if (wait > TimeSpan.Zero) await Task.Delay(wait, time, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Another rate, for the next batch.</summary>
    public void Change(int rate) => _rate = rate;

    private TimeSpan Take(int records)
    {
        var rate = _rate;
        if (rate == 0) return TimeSpan.Zero;
        lock (_gate)
        {
            _tokens = Math.Min(rate, _tokens + (time.GetElapsedTime(_filled).TotalSeconds * rate));
            _filled = time.GetTimestamp();
            var debt = Math.Max(0, -_tokens);
            _tokens -= records;
            return TimeSpan.FromSeconds(debt / rate);
        }
    }
}
