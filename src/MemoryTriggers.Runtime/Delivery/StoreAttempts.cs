using MemoryTriggers.Circuits;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;

namespace MemoryTriggers.Delivery;

/// <summary>Stores batches, in as many attempts as an outage takes. Thread-safe.</summary>
internal sealed class StoreAttempts
{
    /// <summary>How often a batch is tried as a whole when the store fails in a way that is neither an outage nor a refusal.</summary>
    private const int UnexpectedAttempts = 3;

    /// <summary>After so many failed attempts in a row health reports it.</summary>
    private const int ReportAfter = 3;

    private readonly IMemoryBackend _backend;
    private readonly DeliveryOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly TriggerLimits? _limits;
    private readonly DeliveryThrottle _throttle;
    private readonly CallLimit _limit;
    private readonly ResiliencePipeline _outages;
    private readonly ResiliencePipeline _all;
    private long _retries;
    private int _failures;
    private volatile string? _lastFailure;

    public StoreAttempts(IMemoryBackend backend, DeliveryOptions options, TimeProvider time, ILogger logger, TriggerLimits? limits = null)
    {
        _limits = limits;
        (_backend, _options, _time, _logger) = (backend, options, time, logger);
        _limit = new CallLimit(time);
        _throttle = new DeliveryThrottle(options.OperationsPerSecond, time);
        Pace = new DeliveryPace(options, time);
        Suspects = new SuspectRecords();
        _outages = BuildRetry(unexpectedAttempts: 1);
        _all = BuildRetry(UnexpectedAttempts);
    }

    public DeliveryPace Pace { get; }

    /// <summary>Records on which the store fails, and not on others.</summary>
    public SuspectRecords Suspects { get; }

    public TimeProvider Time => _time;

    /// <summary>The name of the store.</summary>
    public string Store => _backend.Name;

    /// <summary>How often storing was tried again.</summary>
    public long Retries => Interlocked.Read(ref _retries);

    /// <summary>What keeps records from being stored now: for health.</summary>
    public IEnumerable<string> Problems
    {
        get
        {
            if (Volatile.Read(ref _failures) is >= ReportAfter and var failures)
                yield return $"the last {failures} attempts to store in {_backend.Name} failed, the last one with {_lastFailure}";
            if (Suspects.Count is > 0 and var count)
                yield return $"{count} records wait because {_backend.Name} fails to store them, with {_lastFailure}; records that it " +
                    "refuses become dead letters";
        }
    }

    /// <summary>The options have changed.</summary>
    public void Change()
    {
        _throttle.Change(_options.OperationsPerSecond);
        Pace.Change();
    }

    /// <summary>The pause before a batch that failed unexpectedly is tried again.</summary>
    public TimeSpan Pause(int round) =>
        TimeSpan.FromTicks((long)Math.Min(_options.MaxRetryDelay.Ticks, _options.RetryDelay.Ticks * Math.Pow(2, Math.Max(0, round - 1))));

    /// <summary>Stores entries. An outage is waited out.</summary>
    /// <param name="entries">The entries.</param>
    /// <param name="isFirst">Whether they were not tried before: then an unexpected failure is tried again, a few times.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>The refusal, or the unexpected failure; <see langword="null"/> when they are stored.</returns>
    /// <exception cref="OperationCanceledException">Stopped.</exception>
    public async Task<Exception?> StoreAsync(IReadOnlyList<MemoryEntry> entries, bool isFirst, CancellationToken cancellationToken)
    {
        try
        {
            await (isFirst ? _all : _outages).ExecuteAsync(token => StoreOnceAsync(entries, token), cancellationToken)
                .ConfigureAwait(false);
            return null;
        }
        catch (Exception exception) when (!IsStopped(exception, cancellationToken))
        {
            // Backend boundary: the caller decides which record this is due to.
            if (!IsRefusal(exception)) Suspects.Failed(entries);
            return exception;
        }
    }

    /// <summary>Changes a memory. An outage is waited out.</summary>
    /// <returns>The refusal, or the unexpected failure; <see langword="null"/> when it is done.</returns>
    /// <exception cref="OperationCanceledException">Stopped.</exception>
    public Task<Exception?> ChangeAsync(
        Guid id, Func<MemoryEntry?, IReadOnlyList<MemoryEntry>> change, CancellationToken cancellationToken) =>
        ChangeAsync(_all, id, change, cancellationToken);

    /// <summary>Changes a memory, in one attempt.</summary>
    /// <returns>Why not; <see langword="null"/> when it is done.</returns>
    /// <exception cref="OperationCanceledException">Stopped.</exception>
    public Task<Exception?> ChangeOnceAsync(
        Guid id, Func<MemoryEntry?, IReadOnlyList<MemoryEntry>> change, CancellationToken cancellationToken) =>
        ChangeAsync(ResiliencePipeline.Empty, id, change, cancellationToken);

    private async Task<Exception?> ChangeAsync(ResiliencePipeline pipeline, Guid id, Func<MemoryEntry?, IReadOnlyList<MemoryEntry>> change,
        CancellationToken cancellationToken)
    {
        try
        {
            await pipeline.ExecuteAsync(token => ChangeLimitedAsync(id, change, token), cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (Exception exception) when (!IsStopped(exception, cancellationToken))
        {
            // Backend boundary: the caller decides what becomes of the change.
            return exception;
        }
    }

    private async ValueTask ChangeLimitedAsync(
        Guid id, Func<MemoryEntry?, IReadOnlyList<MemoryEntry>> change, CancellationToken cancellationToken)
    {
        await _throttle.WaitAsync(1, cancellationToken).ConfigureAwait(false);
        await _limit.RunAsync(_backend.Name, _options.OperationTimeout, ChangedAsync, cancellationToken).ConfigureAwait(false);
        Volatile.Write(ref _failures, 0);

        async ValueTask<bool> ChangedAsync(CancellationToken token)
        {
            await _backend.ChangeAsync(id, change, token).ConfigureAwait(false);
            return true;
        }
    }

    /// <summary>Stores entries, in one attempt.</summary>
    /// <exception cref="Exception">Whatever the store throws.</exception>
    public async ValueTask StoreOnceAsync(IReadOnlyList<MemoryEntry> entries, CancellationToken cancellationToken)
    {
        var most = _throttle.MaxBatch;
        if (entries.Count <= most)
        {
            await StoreTogetherAsync(entries, cancellationToken).ConfigureAwait(false);
            return;
        }

        foreach (var part in entries.Chunk(most)) await StoreTogetherAsync(part, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask StoreTogetherAsync(IReadOnlyList<MemoryEntry> entries, CancellationToken cancellationToken)
    {
        await _throttle.WaitAsync(entries.Count, cancellationToken).ConfigureAwait(false);
        // Memories of a type with a time of its own go without others.
        var limit = _limits?.Apart(entries[0])?.Timeout ?? _options.OperationTimeout;
        var call = Suspects.Begin();
        var took = await _limit.RunAsync(_backend.Name, limit, token => StoreTimedAsync(entries, token), cancellationToken)
            .ConfigureAwait(false);
        Pace.Stored(entries.Count, took);
        Volatile.Write(ref _failures, 0);
        Suspects.Stored(entries, call);
    }

    private async ValueTask<TimeSpan> StoreTimedAsync(IReadOnlyList<MemoryEntry> entries, CancellationToken cancellationToken)
    {
        var started = _time.GetTimestamp();
        await _backend.StoreAsync(entries, cancellationToken).ConfigureAwait(false);
        return _time.GetElapsedTime(started);
    }

    /// <summary>Records are dead letters: it was not the store that failed.</summary>
    public void GiveUp(IReadOnlyList<MemoryEntry> entries)
    {
        Volatile.Write(ref _failures, 0);
        Suspects.Remove(entries);
    }

    /// <summary>Whether it is the store's own word on what it was given.</summary>
    public static bool IsRefusal(Exception exception) => exception is MemoryBackendException { IsTransient: false };

    private static bool IsStopped(Exception exception, CancellationToken cancellationToken) =>
        exception is OperationCanceledException && cancellationToken.IsCancellationRequested;

    private ResiliencePipeline BuildRetry(int unexpectedAttempts) => new ResiliencePipelineBuilder { TimeProvider = _time }
        .AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = arguments =>
            {
                if (arguments.Outcome.Exception is not { } exception || IsRefusal(exception)) return ValueTask.FromResult(false);
                if (IsStopped(exception, arguments.Context.CancellationToken)) return ValueTask.FromResult(false);
                _lastFailure = StoreFailure.NameOf(exception);
                Interlocked.Increment(ref _failures);
                return ValueTask.FromResult(!StoreFailure.IsUnexpected(exception) || arguments.AttemptNumber < unexpectedAttempts - 1);
            },
            MaxRetryAttempts = int.MaxValue,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Randomizer = _options.Random,
            Delay = _options.RetryDelay,
            MaxDelay = _options.MaxRetryDelay,
            OnRetry = arguments =>
            {
                Interlocked.Increment(ref _retries);
                Pace.Failed();
                Log.StoreFailed(_logger, _backend.Name, arguments.AttemptNumber + 1, arguments.RetryDelay, arguments.Outcome.Exception);
                return default;
            },
        })
        .Build();
}
