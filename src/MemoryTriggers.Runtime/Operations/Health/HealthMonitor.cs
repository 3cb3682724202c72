using Microsoft.Extensions.Logging;
using Polly;
using Polly.Timeout;

namespace MemoryTriggers.Operations;

/// <summary>
/// Asks the store now and then whether it works, whatever its circuit says, and when it does not, lets the strategies of recovery try: at
/// the first failure, the second, the fourth, and so on. A check that passes counts for the store's circuit as a call that tries. One loop;
/// the history may be read by any thread, and the settings may change at any time.
/// </summary>
internal sealed class HealthMonitor(
    IMemoryBackend store, IReadOnlyList<CircuitBreaker> circuits, OperationsOptions options, TimeProvider time, ILogger logger)
{
    private readonly Lock _gate = new();
    private readonly ResiliencePipeline _timeout = new ResiliencePipelineBuilder { TimeProvider = time }
        .AddTimeout(new TimeoutStrategyOptions { TimeoutGenerator = _ => ValueTask.FromResult(options.HealthCheckTimeout) })
        .Build();

    private readonly LiveTimer _timer = new(() => options.HealthCheckInterval, time);
    private HealthHistory _history = new();
    private long _failures;

    /// <summary>The history so far.</summary>
    public HealthHistory History
    {
        get
        {
            lock (_gate) return _history;
        }
    }

    /// <summary>The interval may be another one.</summary>
    public void Change() => _timer.Change();

    /// <summary>Runs until it is cancelled.</summary>
    public Task RunAsync(RecoveryRunner recovery, CancellationToken cancellationToken) =>
        _timer.RunAsync(() => options.HealthCheckEnabled ? StepAsync(recovery, cancellationToken) : Task.CompletedTask, cancellationToken);

    /// <summary>Looks once.</summary>
    public async Task StepAsync(RecoveryRunner recovery, CancellationToken cancellationToken)
    {
        var health = await CheckAsync(cancellationToken).ConfigureAwait(false);
        _failures = health.IsHealthy ? 0 : _failures + 1;
        if (health.IsHealthy || !options.AutomaticRecovery || !long.IsPow2(_failures)) return;
        if ((await recovery.RunAsync(all: false, cancellationToken).ConfigureAwait(false)).IsRecovered) LetTry();
    }

    /// <summary>The store works again: its circuit can close.</summary>
    public void LetTry()
    {
        foreach (var circuit in circuits) circuit.LetTry();
    }

    /// <summary>Asks the store, and never throws but when it is cancelled.</summary>
    public async Task<MemoryBackendHealth> CheckAsync(CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var health = await AskAsync(cancellationToken).ConfigureAwait(false);
        bool hasChanged;
        lock (_gate)
        {
            hasChanged = _history.Checks > 0 ? _history.Last!.IsHealthy != health.IsHealthy : !health.IsHealthy;
            _history = _history.With(health, time.GetElapsedTime(started), time.GetUtcNow());
        }

        if (hasChanged && health.IsHealthy) Log.StoreWell(logger, health.BackendName);
        else if (hasChanged) Log.StoreUnwell(logger, health.BackendName, health.Description);
        return health;
    }

    private async Task<MemoryBackendHealth> AskAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _timeout.ExecuteAsync(
                async token => await store.CheckHealthAsync(token).AsTask().WaitAsync(token).ConfigureAwait(false),
                cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutRejectedException exception)
        {
            return new MemoryBackendHealth(store.Name, IsHealthy: false, $"{store.Name}: no answer within {exception.Timeout}");
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // Backend boundary: whatever it throws, it is not well.
            return new MemoryBackendHealth(store.Name, IsHealthy: false, exception.Message);
        }
    }
}
