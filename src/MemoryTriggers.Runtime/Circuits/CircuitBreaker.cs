using MemoryTriggers.Circuits;
using Microsoft.Extensions.Logging;

namespace MemoryTriggers;

/// <summary>
/// Leaves a store alone that fails too often or answers too slowly, and lets a few calls try now and then until it is back. Every store has
/// one: <see cref="MemoryTriggerService.CircuitBreakers"/>. Thread-safe.
/// </summary>
/// <remarks>
/// Polly's own breaker closes at the first success and lets one call try: this one counts successes and lets several try, as the reference
/// does.
/// </remarks>
public sealed class CircuitBreaker
{
    private readonly Lock _gate = new();
    private readonly CircuitBreakerOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CircuitTally _tally;
    private readonly CircuitStates _states;
    private readonly CallLimit _limit;

    internal CircuitBreaker(string backend, CircuitBreakerOptions options, TimeProvider time, ILogger logger)
    {
        (Backend, _options, _time, _logger) = (backend, options, time, logger);
        _tally = new CircuitTally(options, time);
        _states = new CircuitStates(backend, options, _tally, time);
        _limit = new CallLimit(time);
    }

    /// <summary>
    /// The state changed. Raised on the thread that changed it; handlers should return soon, and what they throw is logged.
    /// </summary>
    public event EventHandler<CircuitStateChangedEventArgs>? StateChanged;

    /// <summary>The store behind it.</summary>
    public string Backend { get; }

    /// <summary>Its state.</summary>
    public CircuitState State
    {
        get
        {
            lock (_gate) return _states.State;
        }
    }

    /// <summary>Whether a call would be let through now, as far as one knows without calling.</summary>
    internal bool IsAvailable
    {
        get
        {
            lock (_gate) return _states.IsAvailable;
        }
    }

    /// <summary>
    /// Refuses every call from now on, until <see cref="Reset"/>: for maintenance of the store. Memories wait in the journal meanwhile.
    /// </summary>
    public void Isolate()
    {
        CircuitStateChangedEventArgs? changed;
        lock (_gate) changed = _states.Isolate();
        Announce(changed);
    }

    /// <summary>Closes the circuit and forgets the failures, also of an isolated store.</summary>
    public void Reset()
    {
        CircuitStateChangedEventArgs? changed;
        lock (_gate) changed = _states.Reset();
        Announce(changed);
    }

    /// <summary>
    /// Runs an operation of the program's own that needs the store, behind the circuit: it is refused while the circuit is open, may take
    /// <see cref="CircuitBreakerOptions.OperationTimeout"/>, and its result counts as that of a call of the store.
    /// </summary>
    /// <param name="operation">The operation. What it throws is passed on unchanged, and counts as a failure of the store.</param>
    /// <param name="cancellationToken">Gives up; this counts as neither.</param>
    /// <returns>The operation's result.</returns>
    /// <exception cref="MemoryServiceUnavailableException">The circuit is open, or the operation takes too long.</exception>
    public async ValueTask<T> ExecuteAsync<T>(
        Func<CancellationToken, ValueTask<T>> operation, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(operation);
        if (!TryEnter(out var pass)) throw Unavailable();
        var outcome = CallOutcome.Failure;
        try
        {
            var result = await _limit.RunAsync(Backend, _options.OperationTimeout, operation, cancellationToken).ConfigureAwait(false);
            outcome = CallOutcome.Success;
            return result;
        }
        catch (MemoryBackendException exception) when (!exception.IsTransient)
        {
            // A refusal for good shows that the store is there.
            outcome = CallOutcome.Success;
            throw;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            outcome = CallOutcome.GivenUp;
            throw;
        }
        finally
        {
            Leave(pass, outcome);
        }
    }

    /// <summary>Its state and counts.</summary>
    public CircuitBreakerStatus GetStatus()
    {
        lock (_gate)
        {
            var (counts, window) = (_tally.Counts, _tally.Window);
            return new CircuitBreakerStatus
            {
                Backend = Backend,
                State = _states.State,
                StateSince = _states.Since,
                IsIsolated = _states.IsIsolated,
                Options = _options,
                WindowCalls = window.Calls,
                WindowFailures = window.Failures,
                WindowSlow = window.Slow,
                Probes = _states.Probes,
                ProbeSuccesses = _states.ProbeSuccesses,
                Requests = counts.Successes + counts.Failures,
                Successes = counts.Successes,
                Failures = counts.Failures,
                Slow = counts.Slow,
                Rejected = counts.Rejected,
                Opens = counts.Opens,
                Closes = counts.Closes,
                RecoveryAttempts = counts.RecoveryAttempts,
                ConsecutiveFailures = counts.ConsecutiveFailures,
                AverageResponseTime = TimeSpan.FromSeconds(counts.AverageSeconds),
                LastSuccess = counts.LastSuccess,
                LastFailure = counts.LastFailure,
            };
        }
    }

    /// <summary>Lets calls try at once: the store is known to answer. An isolated store stays isolated.</summary>
    internal void LetTry()
    {
        lock (_gate) _states.LetTry();
    }

    /// <summary>A check of the store passed: counts as a call that tries, so that a store without calls comes back as well.</summary>
    private void CheckPassed()
    {
        CircuitStateChangedEventArgs[] changes;
        lock (_gate) changes = [.. _states.CheckPassed()];
        foreach (var changed in changes) Announce(changed);
    }

    /// <summary>Calls the store's own check, whatever the state: one that passes counts as a call that tries.</summary>
    /// <exception cref="MemoryBackendException">It is unavailable, or takes too long.</exception>
    internal async ValueTask<MemoryBackendHealth> CheckAsync(
        Func<CancellationToken, ValueTask<MemoryBackendHealth>> check, CancellationToken cancellationToken, TimeSpan? limit = null)
    {
        var health = await PassAsync(check, CallLength.Limited, cancellationToken, limit).ConfigureAwait(false);
        if (health.IsHealthy) CheckPassed();
        return health;
    }

    /// <summary>Opens a closed circuit because another process found the store failing, so long ago.</summary>
    internal void OpenAsTold(TimeSpan age)
    {
        CircuitStateChangedEventArgs? changed;
        lock (_gate) changed = _states.OpenAsTold(age);
        Announce(changed);
    }

    /// <param name="call">Calls the store.</param>
    /// <param name="length">How its time is limited.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="limit">How long it may take; by <paramref name="length"/> when not set.</param>
    /// <exception cref="MemoryServiceUnavailableException">The circuit is open, or the store is unavailable or takes too long.</exception>
    /// <exception cref="MemoryBackendException">It refuses, for good.</exception>
    internal async ValueTask<T> ExecuteAsync<T>(Func<CancellationToken, ValueTask<T>> call, CallLength length,
        CancellationToken cancellationToken, TimeSpan? limit = null)
    {
        if (!TryEnter(out var pass)) throw Unavailable();
        var outcome = CallOutcome.Failure;
        try
        {
            var answer = await PassAsync(call, length, cancellationToken, limit).ConfigureAwait(false);
            outcome = CallOutcome.Success;
            return answer;
        }
        catch (MemoryBackendException exception)
        {
            // A refusal for good is the store's word on what it was asked, and shows that it is there.
            if (!exception.IsTransient) outcome = CallOutcome.Success;
            // One record may be the cause. Delivery finds out which, and to leave the store alone meanwhile would keep all others waiting.
            else if (length == CallLength.LimitedByCaller && StoreFailure.IsUnexpected(exception)) outcome = CallOutcome.GivenUp;
            throw;
        }
        catch
        {
            outcome = CallOutcome.GivenUp;
            throw;
        }
        finally
        {
            Leave(pass, outcome, length);
        }
    }

    /// <summary>Calls the store whatever the state, and without a say in it: that is how one learns that it is back.</summary>
    /// <exception cref="MemoryBackendException">It is unavailable, takes too long, or refuses for good.</exception>
    private async ValueTask<T> PassAsync<T>(Func<CancellationToken, ValueTask<T>> call, CallLength length,
        CancellationToken cancellationToken, TimeSpan? limit = null)
    {
        var most = limit ?? (length == CallLength.Limited ? _options.OperationTimeout : Timeout.InfiniteTimeSpan);
        try
        {
            return await _limit.RunAsync(Backend, most, call, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception)
            when (exception is not MemoryBackendException and not ObjectDisposedException && !IsGivenUp(exception, cancellationToken))
        {
            // Backend boundary: whatever else a backend throws is an outage.
            throw new MemoryServiceUnavailableException(Backend, exception.Message, innerException: exception)
            {
                IsUnexpected = !StoreFailure.IsOutage(exception),
            };
        }
    }

    internal bool TryEnter(out CircuitPass pass)
    {
        CircuitStateChangedEventArgs? changed;
        bool isLetIn;
        lock (_gate) (isLetIn, pass, changed) = _states.Enter();
        Announce(changed);
        return isLetIn;
    }

    internal void Leave(CircuitPass pass, CallOutcome outcome, CallLength length = CallLength.Limited)
    {
        var elapsed = _time.GetElapsedTime(pass.Started);
        CircuitStateChangedEventArgs? changed;
        lock (_gate) changed = _states.Leave(pass, outcome, length, elapsed);
        Announce(changed);
    }

    internal MemoryServiceUnavailableException Unavailable()
    {
        lock (_gate)
        {
            if (_states.IsIsolated) return new MemoryServiceUnavailableException(Backend, "it was isolated by hand");
            var left = _states.Rest;
            return new MemoryServiceUnavailableException(Backend, "its circuit is open after too many failures",
                left > TimeSpan.Zero ? left : null);
        }
    }

    private static bool IsGivenUp(Exception exception, CancellationToken cancellationToken) =>
        exception is OperationCanceledException && cancellationToken.IsCancellationRequested;

    // Outside of the lock: a handler may ask for the status, or reset.
    private void Announce(CircuitStateChangedEventArgs? changed)
    {
        if (changed is null) return;
        if (changed.To == CircuitState.Open) Log.CircuitOpened(_logger, Backend, changed.Reason);
        else Log.CircuitChanged(_logger, Backend, CircuitNames.Of(changed.To), changed.Reason);
        try
        {
            StateChanged?.Invoke(this, changed);
        }
        catch (Exception exception)
        {
            // Backend boundary: what a handler does wrong must not become an outage of the store.
            Log.HandlerFailed(_logger, Backend, exception);
        }
    }
}
