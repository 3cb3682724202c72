namespace MemoryTriggers.Operations;

/// <summary>A loop whose interval may change while it waits. One loop; the change may come from anywhere.</summary>
internal sealed class LiveTimer(Func<TimeSpan> interval, TimeProvider time)
{
    private readonly Lock _gate = new();
    private PeriodicTimer? _timer;

    /// <summary>Reads the interval again; the wait restarts if it has changed.</summary>
    public void Change()
    {
        lock (_gate)
        {
            if (_timer is { } timer && timer.Period != interval()) timer.Period = interval();
        }
    }

    /// <summary>Acts at each interval until it is cancelled.</summary>
    public async Task RunAsync(Func<Task> act, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(interval(), time);
        lock (_gate) _timer = timer;
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false)) await act().ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The service stops.
        }
        finally
        {
            lock (_gate) _timer = null;
        }
    }
}
