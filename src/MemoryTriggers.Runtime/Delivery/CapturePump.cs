using MemoryTriggers.Capture;
using MemoryTriggers.Journal;
using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Delivery;

/// <summary>The one loop that moves records from the journal to the store, until it is stopped.</summary>
internal sealed class CapturePump(
    CaptureJournal journal, JournalDrain drain, DeliveryOptions options, TimeProvider time, ILogger<CapturePump> logger)
{
    private readonly FlushWaiters _waiters = new(journal);
    private TaskCompletionSource _wake = NewSignal();

    /// <summary>Runs until <paramref name="finish"/> is cancelled and nothing is pending, or until <paramref name="abort"/> is.</summary>
    public async Task RunAsync(CancellationToken finish, CancellationToken abort)
    {
        using var quiet = TriggerHub.SuppressCapture();
        while (!abort.IsCancellationRequested)
        {
            var moved = await StepAsync(abort).ConfigureAwait(false);
            _waiters.Release();
            if (moved) continue;
            if (finish.IsCancellationRequested) break;

            CaptureClock.Calibrate(time);
            await IdleAsync(finish).ConfigureAwait(false);
        }
    }

    /// <summary>Completes when everything accepted before the call is stored or a dead letter.</summary>
    public Task FlushAsync(CancellationToken cancellationToken)
    {
        var stored = _waiters.Add();
        Wake();
        return stored.WaitAsync(cancellationToken);
    }

    /// <summary>Ends the pause of an idle pump.</summary>
    public void Wake() => Volatile.Read(ref _wake).TrySetResult();

    private async Task<bool> StepAsync(CancellationToken abort)
    {
        try
        {
            return await drain.StepAsync(abort).ConfigureAwait(false);
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

    private async Task IdleAsync(CancellationToken finish)
    {
        var wake = Volatile.Read(ref _wake);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(finish);
        var pause = Task.Delay(options.PollInterval, time, ended.Token);
        await Task.WhenAny(wake.Task, pause).ConfigureAwait(false);
        if (wake.Task.IsCompleted) Volatile.Write(ref _wake, NewSignal());
        await ended.CancelAsync().ConfigureAwait(false);
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
