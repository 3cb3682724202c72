namespace MemoryTriggers;

/// <summary>Renews a lease until it is disposed of. Thread-safe.</summary>
/// <remarks>When the server cannot be reached, it goes on trying until the time of the lease is over, and calls it lost then.</remarks>
public sealed class WorkHeartbeat : IAsyncDisposable
{
    private const int BeatsPerLease = 3;

    private readonly Func<CancellationToken, ValueTask<bool>> _renew;
    private readonly TimeSpan _duration;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _lost = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;
    private long _renewedAt;
    private int _isDisposed;

    private WorkHeartbeat(Func<CancellationToken, ValueTask<bool>> renew, TimeSpan duration, long renewedAt, TimeProvider time)
    {
        (_renew, _duration, _time, _renewedAt) = (renew, duration, time, renewedAt);
        Lost = _lost.Token;
        var timer = new PeriodicTimer(duration / BeatsPerLease, time);
        using (ExecutionContext.SuppressFlow()) _loop = Task.Run(() => RunAsync(timer), CancellationToken.None);
    }

    /// <summary>Canceled when the lease is lost: another one has the work, or may have it.</summary>
    public CancellationToken Lost { get; }

    /// <summary>Renews the lease once, and then on and on. When it is lost already, so is the heartbeat.</summary>
    internal static async ValueTask<WorkHeartbeat> StartAsync(
        Func<CancellationToken, ValueTask<bool>> renew, TimeSpan duration, TimeProvider time, CancellationToken cancellationToken)
    {
        // Counted from before the request: the server's time begins no earlier.
        var now = time.GetTimestamp();
        var isOurs = await renew(cancellationToken).ConfigureAwait(false);
        var heartbeat = new WorkHeartbeat(renew, duration, now, time);
        if (!isOurs) await heartbeat._lost.CancelAsync().ConfigureAwait(false);
        return heartbeat;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0) return;
        await _stop.CancelAsync().ConfigureAwait(false);
        await _loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
        _lost.Dispose();
    }

    private async Task RunAsync(PeriodicTimer timer)
    {
        using var quiet = TriggerHub.SuppressCapture();
        using var disposing = timer;
        while (!Lost.IsCancellationRequested && await timer.WaitForNextTickAsync(_stop.Token).ConfigureAwait(false))
        {
            if (await TryRenewAsync().ConfigureAwait(false)) continue;
            await _lost.CancelAsync().ConfigureAwait(false);
        }
    }

    private async ValueTask<bool> TryRenewAsync()
    {
        var now = _time.GetTimestamp();
        using var deadline = new CancellationTokenSource(Left(), _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, _stop.Token);
        try
        {
            if (!await _renew(either.Token).ConfigureAwait(false)) return false;
            _renewedAt = now;
            return true;
        }
        catch (MemoryBackendException exception)
        {
            return exception.IsTransient && Left() > TimeSpan.Zero;
        }
        catch (Exception exception)
            when (exception is ObjectDisposedException || (exception is OperationCanceledException && !_stop.IsCancellationRequested))
        {
            // The queue was closed, or the time was over before the server answered.
            return false;
        }
    }

    private TimeSpan Left()
    {
        var left = _duration - _time.GetElapsedTime(_renewedAt);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }
}
