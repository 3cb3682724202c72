namespace MemoryTriggers.Circuits;

/// <summary>
/// The states of a circuit, and what leads from one to the next: closed, open when too much fails, half open when calls may try again. Each
/// method returns the change that it made, or <see langword="null"/>. Not thread-safe: used under the circuit's lock.
/// </summary>
internal sealed class CircuitStates(string backend, CircuitBreakerOptions options, CircuitTally tally, TimeProvider time)
{
    private bool _mayProbe;
    private int _period;
    private long _openedAt;

    public CircuitState State { get; private set; }

    /// <summary>Since when it is in its state, in UTC.</summary>
    public DateTimeOffset Since { get; private set; } = time.GetUtcNow();

    public bool IsIsolated { get; private set; }

    /// <summary>Calls under way that try whether the store is back.</summary>
    public int Probes { get; private set; }

    public int ProbeSuccesses { get; private set; }

    /// <summary>Whether a call would be let through now, as far as one knows without calling.</summary>
    public bool IsAvailable => !options.Enabled || State != CircuitState.Open || MayTry;

    /// <summary>How long until calls may try again; zero or less when they may.</summary>
    public TimeSpan Rest => options.RecoveryTimeout - time.GetElapsedTime(_openedAt);

    private bool MayTry => !IsIsolated && (_mayProbe || Rest <= TimeSpan.Zero);

    public CircuitStateChangedEventArgs? Isolate()
    {
        IsIsolated = true;
        return Become(CircuitState.Open, "it was isolated by hand");
    }

    public CircuitStateChangedEventArgs? Reset()
    {
        IsIsolated = false;
        var changed = Become(CircuitState.Closed, "it was reset by hand");
        tally.Clear();
        return changed;
    }

    /// <summary>The store is known to answer.</summary>
    public void LetTry() => _mayProbe = true;

    /// <summary>A check of the store passed: counts as a call that tries, and succeeds.</summary>
    /// <returns>The changes, oldest first.</returns>
    public IEnumerable<CircuitStateChangedEventArgs> CheckPassed()
    {
        if (IsIsolated || State == CircuitState.Closed) return [];
        _mayProbe = true;
        var (isLetIn, pass, opened) = Enter();
        var closed = isLetIn ? Leave(pass, CallOutcome.Success, CallLength.Limited, TimeSpan.Zero) : null;
        return new[] { opened, closed }.OfType<CircuitStateChangedEventArgs>();
    }

    /// <summary>Another process found the store failing, so long ago.</summary>
    public CircuitStateChangedEventArgs? OpenAsTold(TimeSpan age)
    {
        // What is so old may be over: calls find out for themselves.
        if (!options.Enabled || State != CircuitState.Closed || age >= options.RecoveryTimeout) return null;
        var changed = Become(CircuitState.Open, "another process found it failing");
        _openedAt -= (long)(age.TotalSeconds * time.TimestampFrequency);
        return changed;
    }

    /// <summary>A call wants to be let through.</summary>
    public (bool IsLetIn, CircuitPass Pass, CircuitStateChangedEventArgs? Changed) Enter()
    {
        CircuitStateChangedEventArgs? changed = null;
        if (options.Enabled && State == CircuitState.Open && MayTry)
        {
            tally.Counts.RecoveryAttempts++;
            changed = Become(CircuitState.HalfOpen, "calls may try again");
        }

        var isLetIn = !options.Enabled && !IsIsolated || State == CircuitState.Closed
            || State == CircuitState.HalfOpen && Probes < options.MaxProbes;
        if (!isLetIn) tally.Counts.Rejected++;
        else if (State == CircuitState.HalfOpen) Probes++;
        return (isLetIn, new CircuitPass(_period, time.GetTimestamp()), changed);
    }

    /// <summary>A call that was let through has ended.</summary>
    public CircuitStateChangedEventArgs? Leave(CircuitPass pass, CallOutcome outcome, CallLength length, TimeSpan elapsed)
    {
        if (pass.Period == _period && State == CircuitState.HalfOpen) Probes--;
        var isSlow = length != CallLength.Long && elapsed >= options.SlowCall;
        // A caller that waited that long gave up because of the store.
        if (outcome == CallOutcome.GivenUp && !isSlow) return null;

        var isFailure = outcome != CallOutcome.Success;
        tally.Add(isFailure, isSlow, elapsed);
        if (pass.Period != _period) return null;
        return State == CircuitState.HalfOpen ? AfterProbe(isFailure, isSlow) : AfterCall(isFailure, isSlow);
    }

    private CircuitStateChangedEventArgs? AfterProbe(bool isFailure, bool isSlow)
    {
        if (isFailure) return Become(CircuitState.Open, "a call that tried failed");
        // One that is slow shows neither that the store is unavailable nor that it works again.
        return !isSlow && ++ProbeSuccesses >= options.SuccessThreshold ? Become(CircuitState.Closed, "calls that tried succeeded") : null;
    }

    private CircuitStateChangedEventArgs? AfterCall(bool isFailure, bool isSlow) =>
        tally.ReasonToOpen(isFailure, isSlow) is { } reason && options.Enabled ? Become(CircuitState.Open, reason) : null;

    private CircuitStateChangedEventArgs? Become(CircuitState state, string reason)
    {
        var from = State;
        if (from == state) return null;
        (State, Since) = (state, time.GetUtcNow());
        _period++;
        (Probes, ProbeSuccesses, _mayProbe) = (0, 0, false);
        tally.Clear();
        if (state == CircuitState.Open) (tally.Counts.Opens, _openedAt) = (tally.Counts.Opens + 1, time.GetTimestamp());
        if (state == CircuitState.Closed) tally.Counts.Closes++;
        return new CircuitStateChangedEventArgs(backend, from, state, reason);
    }
}
