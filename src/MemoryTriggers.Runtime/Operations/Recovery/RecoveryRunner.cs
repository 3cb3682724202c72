using Microsoft.Extensions.Logging;
using Polly;
using Polly.Timeout;

namespace MemoryTriggers.Operations;

/// <summary>Tries the strategies in their order until the store works, one run at a time, and records each attempt. Thread-safe.</summary>
/// <param name="strategies">In the order of the reference: service health, configuration, connectivity, persistence.</param>
/// <param name="check">Asks the store; never throws.</param>
/// <param name="limit">How long one strategy may take.</param>
/// <param name="instruments">Counts attempts.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Learns of each attempt.</param>
internal sealed class RecoveryRunner(
    IReadOnlyList<IRecoveryStrategy> strategies, Func<CancellationToken, Task<MemoryBackendHealth>> check, TimeSpan limit,
    OperationInstruments instruments,
    TimeProvider time, ILogger logger)
{
    private const int MaxHistory = 100;

    private readonly ResiliencePipeline _timeout = new ResiliencePipelineBuilder { TimeProvider = time }.AddTimeout(limit).Build();
    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly Lock _gate = new();
    private readonly Queue<RecoveryAttempt> _history = [];
    private long _attempts;
    private volatile bool _isRunning;

    /// <summary>Whether it is trying now.</summary>
    public bool IsRunning => _isRunning;

    /// <summary>How many strategies were tried since the start.</summary>
    public long Attempts => Interlocked.Read(ref _attempts);

    /// <summary>The last hundred attempts, oldest first.</summary>
    public IReadOnlyList<RecoveryAttempt> History
    {
        get
        {
            lock (_gate) return [.. _history];
        }
    }

    /// <param name="all">Tries every strategy, also after one that succeeded: to look at everything.</param>
    /// <param name="cancellationToken">Stops before the next strategy.</param>
    /// <exception cref="OperationCanceledException">Stopped; what was tried by then is recorded.</exception>
    public async Task<RecoveryReport> RunAsync(bool all, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            _isRunning = true;
            var attempts = new List<RecoveryAttempt>();
            foreach (var strategy in strategies)
            {
                attempts.Add(await TryAsync(strategy, cancellationToken).ConfigureAwait(false));
                if (attempts[^1].IsSuccess && !all) break;
            }

            return new RecoveryReport(all ? attempts.TrueForAll(static attempt => attempt.IsSuccess) : attempts[^1].IsSuccess, attempts);
        }
        finally
        {
            _isRunning = false;
            _one.Release();
        }
    }

    private async Task<RecoveryAttempt> TryAsync(IRecoveryStrategy strategy, CancellationToken cancellationToken)
    {
        var (at, started) = (time.GetUtcNow(), time.GetTimestamp());
        var (isFound, detail) = await DetailAsync(strategy, cancellationToken).ConfigureAwait(false);
        var health = await check(cancellationToken).ConfigureAwait(false);
        if (!health.IsHealthy && detail != health.Description) detail = $"{detail}; {health.Description}";
        var attempt = new RecoveryAttempt(strategy.Name, at, time.GetElapsedTime(started), health.IsHealthy && isFound, detail);
        lock (_gate)
        {
            _attempts++;
            _history.Enqueue(attempt);
            if (_history.Count > MaxHistory) _history.Dequeue();
        }

        instruments.Recovery(attempt.Strategy, attempt.IsSuccess);
        Log.RecoveryTried(logger, attempt.IsSuccess ? LogLevel.Information : LogLevel.Warning, attempt.Strategy, attempt.IsSuccess,
            attempt.Detail);
        return attempt;
    }

    private async Task<(bool IsFound, string Detail)> DetailAsync(IRecoveryStrategy strategy, CancellationToken cancellationToken)
    {
        try
        {
            // A store that ignores its token must not hold up the others.
            return (true, await _timeout.ExecuteAsync(
                async token => await strategy.TryAsync(token).AsTask().WaitAsync(token).ConfigureAwait(false),
                cancellationToken).ConfigureAwait(false));
        }
        catch (TimeoutRejectedException exception)
        {
            return (false, $"it did not end within {exception.Timeout}");
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // Backend boundary: what a strategy finds wrong is its answer.
            return (false, exception.Message);
        }
    }
}
