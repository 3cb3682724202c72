namespace MemoryTriggers.Circuits;

/// <summary>
/// Counts the calls of a circuit: those since the start, and those of the window that says whether it is to open. Not thread-safe: used
/// under the circuit's lock.
/// </summary>
internal sealed class CircuitTally(CircuitBreakerOptions options, TimeProvider time)
{
    private const double FailureRate = 0.5;
    private const double AverageWeight = 0.1;

    private readonly CallWindow _window = new(options.SamplingWindow, time);
    private CircuitCounts _counts;
    private int _failuresInARow;

    public ref CircuitCounts Counts => ref _counts;

    public CallWindow Window => _window;

    /// <summary>Counts a call that has ended.</summary>
    public void Add(bool isFailure, bool isSlow, TimeSpan elapsed)
    {
        _counts.AverageSeconds = _counts.Successes + _counts.Failures == 0
            ? elapsed.TotalSeconds
            : _counts.AverageSeconds + (AverageWeight * (elapsed.TotalSeconds - _counts.AverageSeconds));
        if (isSlow) _counts.Slow++;
        if (isFailure)
        {
            _counts.Failures++;
            _counts.ConsecutiveFailures++;
            _counts.LastFailure = time.GetUtcNow();
        }
        else
        {
            _counts.Successes++;
            _counts.ConsecutiveFailures = 0;
            _counts.LastSuccess = time.GetUtcNow();
        }
    }

    /// <summary>Forgets the calls that decide whether the circuit is to open.</summary>
    public void Clear()
    {
        _window.Clear();
        _failuresInARow = 0;
    }

    /// <summary>Takes a call of a closed circuit into the window.</summary>
    /// <returns>Why the circuit is to open now; <see langword="null"/> when it is not.</returns>
    public string? ReasonToOpen(bool isFailure, bool isSlow)
    {
        _window.Add(isFailure, isSlow);
        _failuresInARow = isFailure ? _failuresInARow + 1 : 0;
        if (!isFailure && !isSlow) return null;

        var calls = _window.Calls;
        if (_window.Failures >= options.FailureThreshold && _window.Failures >= calls * FailureRate) return "it failed too often";
        if (_failuresInARow >= options.FailureThreshold) return $"{_failuresInARow} calls in a row failed";
        return _window.Slow >= options.FailureThreshold && _window.Slow >= calls * options.SlowCallRate ? "it answered too slowly" : null;
    }
}
