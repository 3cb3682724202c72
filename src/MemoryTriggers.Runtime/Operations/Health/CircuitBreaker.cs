using MemoryTriggers.Operations;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Timeout;

namespace MemoryTriggers;

/// <summary>
/// Leaves a store alone that fails too often or answers too slowly, and lets a few calls try now and then until it is back. Every store has one:
/// <see cref="MemoryTriggerService.CircuitBreakers"/>. Thread-safe.
/// </summary>
/// <remarks>Polly's own breaker closes at the first success and lets one call try: this one counts successes and lets several try, as the reference does.</remarks>
public sealed class CircuitBreaker
{
    private const double FailureRate = 0.5;
    private const double AverageWeight = 0.1;

    private readonly Lock _gate = new();
    private readonly CircuitBreakerOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CallWindow _window;
    private readonly ResiliencePipeline _timeout;
    private CircuitState _state;
    private bool _isIsolated;
    private bool _mayProbe;
    private int _period;
    private long _openedAt;
    private int _probes;
    private int _probeSuccesses;
    private CircuitCounts _counts;

    internal CircuitBreaker(string backend, CircuitBreakerOptions options, TimeProvider time, ILogger logger)
    {
        (Backend, _options, _time, _logger) = (backend, options, time, logger);
        _window = new CallWindow(options.SamplingWindow, time);
        _timeout = new ResiliencePipelineBuilder { TimeProvider = time }.AddTimeout(new TimeoutStrategyOptions { Timeout = options.OperationTimeout }).Build();
    }

    /// <summary>The state changed. Raised on the thread that changed it; handlers should return soon, and what they throw is logged.</summary>
    public event EventHandler<CircuitStateChangedEventArgs>? StateChanged;

    /// <summary>The store behind it.</summary>
    public string Backend { get; }

    /// <summary>What it does with calls.</summary>
    public CircuitState State
    {
        get
        {
            lock (_gate) return _state;
        }
    }

    /// <summary>Whether a call would be let through now, as far as one knows without calling.</summary>
    internal bool IsAvailable
    {
        get
        {
            lock (_gate) return !_options.Enabled || _state != CircuitState.Open || MayTry;
        }
    }

    private bool MayTry => !_isIsolated && (_mayProbe || _time.GetElapsedTime(_openedAt) >= _options.RecoveryTimeout);

    /// <summary>Refuses every call from now on, until <see cref="Reset"/>: for maintenance of the store. Memories wait in the journal meanwhile.</summary>
    public void Isolate()
    {
        CircuitStateChangedEventArgs? changed;
        lock (_gate)
        {
            _isIsolated = true;
            changed = Become(CircuitState.Open, "it was isolated by hand");
        }

        Announce(changed);
    }

    /// <summary>Closes the circuit and forgets the failures, also of an isolated store.</summary>
    public void Reset()
    {
        CircuitStateChangedEventArgs? changed;
        lock (_gate)
        {
            _isIsolated = false;
            changed = Become(CircuitState.Closed, "it was reset by hand");
            _window.Clear();
        }

        Announce(changed);
    }

    /// <summary>Its state and counts.</summary>
    public CircuitBreakerStatus GetStatus()
    {
        lock (_gate)
        {
            return new CircuitBreakerStatus
            {
                Backend = Backend,
                State = _state,
                IsIsolated = _isIsolated,
                Options = _options,
                WindowCalls = _window.Calls,
                WindowFailures = _window.Failures,
                WindowSlow = _window.Slow,
                Probes = _probes,
                ProbeSuccesses = _probeSuccesses,
                Requests = _counts.Successes + _counts.Failures,
                Successes = _counts.Successes,
                Failures = _counts.Failures,
                Slow = _counts.Slow,
                Rejected = _counts.Rejected,
                Opens = _counts.Opens,
                Closes = _counts.Closes,
                RecoveryAttempts = _counts.RecoveryAttempts,
                ConsecutiveFailures = _counts.ConsecutiveFailures,
                AverageResponseTime = TimeSpan.FromSeconds(_counts.AverageSeconds),
                LastSuccess = _counts.LastSuccess,
                LastFailure = _counts.LastFailure,
            };
        }
    }

    /// <summary>Lets calls try at once: somebody has seen that the store answers. An isolated store stays so.</summary>
    internal void LetTry()
    {
        lock (_gate) _mayProbe = true;
    }

    /// <summary>Opens a closed circuit because another process found the store failing, so long ago.</summary>
    internal void OpenAsTold(TimeSpan age)
    {
        CircuitStateChangedEventArgs? changed = null;
        lock (_gate)
        {
            // What is so old may be over: calls find out for themselves.
            if (_options.Enabled && _state == CircuitState.Closed && age < _options.RecoveryTimeout)
            {
                changed = Become(CircuitState.Open, "another process found it failing");
                _openedAt -= (long)(age.TotalSeconds * _time.TimestampFrequency);
            }
        }

        Announce(changed);
    }

    /// <param name="call">Calls the store.</param>
    /// <param name="length">Who limits its time.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="MemoryServiceUnavailableException">The store is left alone, away, or takes too long.</exception>
    /// <exception cref="MemoryBackendException">It refuses, for good.</exception>
    internal async ValueTask<T> ExecuteAsync<T>(Func<CancellationToken, ValueTask<T>> call, CallLength length, CancellationToken cancellationToken)
    {
        if (!TryEnter(out var pass)) throw Unavailable();
        var outcome = CallOutcome.Failure;
        try
        {
            var answer = await PassAsync(call, length, cancellationToken).ConfigureAwait(false);
            outcome = CallOutcome.Success;
            return answer;
        }
        catch (MemoryBackendException exception)
        {
            // A refusal for good is the store's word on what it was asked, and shows that it is there.
            if (!exception.IsTransient) outcome = CallOutcome.Success;
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
    /// <exception cref="MemoryBackendException">As <see cref="ExecuteAsync"/>.</exception>
    internal async ValueTask<T> PassAsync<T>(Func<CancellationToken, ValueTask<T>> call, CallLength length, CancellationToken cancellationToken)
    {
        try
        {
            return await (length == CallLength.Limited ? _timeout : ResiliencePipeline.Empty).ExecuteAsync(call, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutRejectedException exception)
        {
            throw new MemoryServiceUnavailableException(Backend, $"no answer within {_options.OperationTimeout}", innerException: exception);
        }
        catch (Exception exception) when (exception is not MemoryBackendException and not ObjectDisposedException && !IsGivenUp(exception, cancellationToken))
        {
            // Backend boundary: whatever else a backend throws is an outage.
            throw new MemoryServiceUnavailableException(Backend, exception.Message, innerException: exception);
        }
    }

    internal bool TryEnter(out CircuitPass pass)
    {
        CircuitStateChangedEventArgs? changed = null;
        bool isLetIn;
        lock (_gate)
        {
            if (_options.Enabled && _state == CircuitState.Open && MayTry)
            {
                _counts.RecoveryAttempts++;
                changed = Become(CircuitState.HalfOpen, "calls may try again");
            }

            isLetIn = !_options.Enabled && !_isIsolated || _state == CircuitState.Closed || _state == CircuitState.HalfOpen && _probes < _options.MaxProbes;
            if (!isLetIn) _counts.Rejected++;
            else if (_state == CircuitState.HalfOpen) _probes++;
            pass = new CircuitPass(_period, _time.GetTimestamp());
        }

        Announce(changed);
        return isLetIn;
    }

    internal void Leave(CircuitPass pass, CallOutcome outcome, CallLength length = CallLength.Limited)
    {
        var elapsed = _time.GetElapsedTime(pass.Started);
        CircuitStateChangedEventArgs? changed;
        lock (_gate)
        {
            if (pass.Period == _period && _state == CircuitState.HalfOpen) _probes--;
            var isSlow = length != CallLength.Long && elapsed >= _options.SlowCall;
            // Whoever has waited that long has given up because of the store.
            if (outcome == CallOutcome.GivenUp && !isSlow) return;

            var isFailure = outcome != CallOutcome.Success;
            Count(isFailure, isSlow, elapsed);
            changed = pass.Period != _period ? null : _state == CircuitState.HalfOpen ? AfterProbe(isFailure, isSlow) : AfterCall(isFailure, isSlow);
        }

        Announce(changed);
    }

    internal MemoryServiceUnavailableException Unavailable()
    {
        lock (_gate)
        {
            if (_isIsolated) return new MemoryServiceUnavailableException(Backend, "it was isolated by hand");
            var left = _options.RecoveryTimeout - _time.GetElapsedTime(_openedAt);
            return new MemoryServiceUnavailableException(Backend, "it has failed too often and is left alone for now", left > TimeSpan.Zero ? left : null);
        }
    }

    private static bool IsGivenUp(Exception exception, CancellationToken cancellationToken) => exception is OperationCanceledException && cancellationToken.IsCancellationRequested;

    private CircuitStateChangedEventArgs? AfterProbe(bool isFailure, bool isSlow)
    {
        if (isFailure) return Become(CircuitState.Open, "a call that tried failed");
        // One that is slow shows neither that the store is away nor that it works again.
        return !isSlow && ++_probeSuccesses >= _options.SuccessThreshold ? Become(CircuitState.Closed, "calls that tried succeeded") : null;
    }

    private CircuitStateChangedEventArgs? AfterCall(bool isFailure, bool isSlow)
    {
        _window.Add(isFailure, isSlow);
        if (!_options.Enabled || !isFailure && !isSlow) return null;

        var calls = _window.Calls;
        if (_window.Failures >= _options.FailureThreshold && _window.Failures >= calls * FailureRate) return Become(CircuitState.Open, "it failed too often");
        return _window.Slow >= _options.FailureThreshold && _window.Slow >= calls * _options.SlowCallRate ? Become(CircuitState.Open, "it answered too slowly") : null;
    }

    private void Count(bool isFailure, bool isSlow, TimeSpan elapsed)
    {
        _counts.AverageSeconds = _counts.Successes + _counts.Failures == 0
            ? elapsed.TotalSeconds
            : _counts.AverageSeconds + (AverageWeight * (elapsed.TotalSeconds - _counts.AverageSeconds));
        if (isSlow) _counts.Slow++;
        if (isFailure)
        {
            _counts.Failures++;
            _counts.ConsecutiveFailures++;
            _counts.LastFailure = _time.GetUtcNow();
        }
        else
        {
            _counts.Successes++;
            _counts.ConsecutiveFailures = 0;
            _counts.LastSuccess = _time.GetUtcNow();
        }
    }

    private CircuitStateChangedEventArgs? Become(CircuitState state, string reason)
    {
        var from = _state;
        if (from == state) return null;
        _state = state;
        _period++;
        (_probes, _probeSuccesses, _mayProbe) = (0, 0, false);
        _window.Clear();
        if (state == CircuitState.Open) (_counts.Opens, _openedAt) = (_counts.Opens + 1, _time.GetTimestamp());
        if (state == CircuitState.Closed) _counts.Closes++;
        return new CircuitStateChangedEventArgs(Backend, from, state, reason);
    }

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
