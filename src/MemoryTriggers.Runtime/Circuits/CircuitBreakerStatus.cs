namespace MemoryTriggers;

/// <summary>
/// One look at a <see cref="CircuitBreaker"/>. Counts are since the start, those of the window since the circuit closed and within its
/// time.
/// </summary>
public sealed record CircuitBreakerStatus
{
    /// <summary>The store behind it.</summary>
    public required string Backend { get; init; }

    /// <summary>Its state.</summary>
    public required CircuitState State { get; init; }

    /// <summary>Since when it is in that state, in UTC.</summary>
    public DateTimeOffset StateSince { get; init; }

    /// <summary>Whether the store is isolated by hand: the circuit stays open until it is reset.</summary>
    public required bool IsIsolated { get; init; }

    /// <summary>Its settings. Changing them changes nothing.</summary>
    public required CircuitBreakerOptions Options { get; init; }

    /// <summary>Calls in the window.</summary>
    public required long WindowCalls { get; init; }

    /// <summary>Failures in the window.</summary>
    public required long WindowFailures { get; init; }

    /// <summary>Slow calls in the window.</summary>
    public required long WindowSlow { get; init; }

    /// <summary>Calls that try and are under way; 0 unless half open.</summary>
    public required int Probes { get; init; }

    /// <summary>Calls that tried and succeeded; 0 unless half open.</summary>
    public required int ProbeSuccesses { get; init; }

    /// <summary>Calls that were let through and ended.</summary>
    public required long Requests { get; init; }

    /// <summary>Those that succeeded, refusals for good among them: the store has answered.</summary>
    public required long Successes { get; init; }

    /// <summary>Those that failed.</summary>
    public required long Failures { get; init; }

    /// <summary>Those that were slow.</summary>
    public required long Slow { get; init; }

    /// <summary>Calls that were refused because the circuit was open.</summary>
    public required long Rejected { get; init; }

    /// <summary>How often it opened.</summary>
    public required long Opens { get; init; }

    /// <summary>How often it closed.</summary>
    public required long Closes { get; init; }

    /// <summary>How often it began to let calls try.</summary>
    public required long RecoveryAttempts { get; init; }

    /// <summary>Failures since the last success.</summary>
    public required long ConsecutiveFailures { get; init; }

    /// <summary>The moving average of the time of a call, each one weighing a tenth; zero before the first.</summary>
    public required TimeSpan AverageResponseTime { get; init; }

    /// <summary>When a call succeeded last, in UTC.</summary>
    public required DateTimeOffset? LastSuccess { get; init; }

    /// <summary>When a call failed last, in UTC.</summary>
    public required DateTimeOffset? LastFailure { get; init; }

    /// <summary>The share of failures in the window, 0 to 1; 0 without calls.</summary>
    public double FailureRate => WindowCalls > 0 ? (double)WindowFailures / WindowCalls : 0;

    /// <summary>The share of slow calls in the window, 0 to 1; 0 without calls.</summary>
    public double SlowCallRate => WindowCalls > 0 ? (double)WindowSlow / WindowCalls : 0;

    /// <summary>The share of successes since the start, 0 to 1; 1 before the first call.</summary>
    public double SuccessRate => Requests > 0 ? (double)Successes / Requests : 1;
}
