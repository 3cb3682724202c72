using MemoryTriggers.Capture;
using MemoryTriggers.Journal;
using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Delivery;

/// <summary>The one loop that moves records from the journal to the store, until it is stopped.</summary>
internal sealed class CapturePump(
    CaptureJournal journal, JournalDrain drain, PumpSignal signal, DeliveryOptions options, TimeProvider time, ILogger<CapturePump> logger)
{
    private readonly FlushWaiters _waiters = new(journal);
    private Task? _arrivals;

    /// <summary>Runs until <paramref name="finish"/> is cancelled and nothing is pending, or until <paramref name="abort"/> is.</summary>
    public async Task RunAsync(CancellationToken finish, CancellationToken abort)
    {
        using var quiet = TriggerHub.SuppressCapture();
        await using var awake = finish.Register(signal.Urgent).ConfigureAwait(false);
        while (!abort.IsCancellationRequested)
        {
            var moved = await StepAsync(abort).ConfigureAwait(false);
            _waiters.Release();
            if (moved) continue;
            if (finish.IsCancellationRequested) break;

            CaptureClock.Calibrate(time);
            await Arrivals().ConfigureAwait(false);
        }
    }

    /// <summary>Completes when everything accepted before the call is stored or a dead letter.</summary>
    public Task FlushAsync(CancellationToken cancellationToken)
    {
        var stored = _waiters.Add();
        signal.Urgent();
        return stored.WaitAsync(cancellationToken);
    }

    private async Task<bool> StepAsync(CancellationToken abort)
    {
        try
        {
            return await drain.StepAsync(Arrivals, abort).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (abort.IsCancellationRequested)
        {
            return false;
        }
        catch (Exception exception)
        {
            // Pump boundary: nothing may end the loop while records can arrive. The batch was not acknowledged and is read again.
            Log.PumpFailed(logger, exception);
            await Task.Delay(options.RetryDelay, time, abort).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return true;
        }
    }

    // One wait at a time: one that began while a batch was under way goes on when that is done.
    private Task Arrivals() =>
        _arrivals is { IsCompleted: false } waiting ? waiting : _arrivals = signal.WaitAsync(
            () => drain.HasUnread, options.BatchAge, () => drain.HasFullBatch);
}
