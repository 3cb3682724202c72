using MemoryTriggers.Delivery.DeadLetters;
using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Delivery;

/// <summary>
/// Stores dead letters whose trigger was not known, when the program registers it: with the assembly that has the trigger. One step at a
/// time; others wait.
/// </summary>
/// <param name="letters">The dead letters.</param>
/// <param name="delivery">Stores them.</param>
/// <param name="definitions">How many triggers are registered: what is looked for is looked for again when there are more.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Learns of failures.</param>
internal sealed class LetterReturn(
    DeadLetterStore letters, RecordDelivery delivery, Func<int> definitions, TimeProvider time, ILogger<LetterReturn> logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);
    private readonly SemaphoreSlim _one = new(1);
    private readonly DeadLetterReplayer _replayer = new(letters, delivery);
    private int _seen;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var quiet = TriggerHub.SuppressCapture();
        while (!cancellationToken.IsCancellationRequested)
        {
            await StepAsync(cancellationToken).ConfigureAwait(false);
            await Task.Delay(Interval, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Stores those whose trigger is known now.</summary>
    public async Task StepAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (cancellationToken.IsCancellationRequested) return;
        try
        {
            var known = definitions();
            if (known == _seen || letters.Count == 0) return;
            var (_, refused) = await _replayer.ReplayAsync(IsKnownNow, null, cancellationToken).ConfigureAwait(false);
            // What the store has refused for now is tried again with the next step.
            if (refused == 0) _seen = known;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Stopping: the rest is stored after the next start.
        }
        catch (Exception exception)
        {
            // Pump boundary: they stay dead letters, and are tried again.
            Log.ReturnFailed(logger, exception);
        }
        finally
        {
            _one.Release();
        }
    }

    private bool IsKnownNow(DeadLetter letter) => letter.Reason == RecordDelivery.UnknownTrigger && delivery.Compose(letter) is not null;
}
