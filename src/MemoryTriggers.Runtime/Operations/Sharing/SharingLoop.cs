using MemoryTriggers.Circuits;
using MemoryTriggers.Policies;
using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Operations;

/// <summary>
/// Exchanges the states of circuits and limits with other processes. A loop of its own: no caller waits for it. When the shared store
/// cannot be reached, each process uses its own state, and logs that once.
/// </summary>
internal sealed class SharingLoop(
    ISharedStateStore shared, IReadOnlyList<CircuitBreaker> circuits, SharedLimits? limits, TimeSpan timeout, TimeProvider time,
    ILogger logger)
{
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(1);

    private readonly CircuitSharing _circuits = new(shared.SharesCircuits ? circuits : []);
    private volatile string? _problem;

    /// <summary>Why this process uses only its own state; <see langword="null"/> when the state is shared.</summary>
    public string? Problem => _problem;

    /// <summary>Runs until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(shared.Interval, time);
        try
        {
            do await StepAsync(timeout, cancellationToken).ConfigureAwait(false);
            while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // What a short program counted is not to be lost.
            await StepAsync(LastWords, CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <summary>Runs one exchange. Throws only when it is cancelled.</summary>
    public async Task StepAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            var own = new SharedNews(_circuits.News(), limits?.News() ?? []);
            var heard = await shared.ExchangeAsync(own, either.Token).AsTask().WaitAsync(either.Token).ConfigureAwait(false);
            _circuits.Told(own.Circuits);
            limits?.Told(own.Counts);
            foreach (var circuit in heard.Circuits) _circuits.Hear(circuit);
            limits?.Hear(heard.Counts);
            if (_problem is not null) Log.SharingBack(logger);
            _problem = null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            Lost($"no answer within {limit}");
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // Backend boundary: whatever it throws, it is unavailable.
            Lost(exception.Message);
        }
    }

    private void Lost(string reason)
    {
        if (_problem is null) Log.SharingLost(logger, reason);
        _problem = reason;
    }
}
