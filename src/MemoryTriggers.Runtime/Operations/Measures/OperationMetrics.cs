namespace MemoryTriggers.Operations;

/// <summary>
/// The metrics of one operation of the store since the start; percentiles are of the last 512 calls. Calls that an open circuit refused are
/// not counted.
/// </summary>
internal sealed record OperationMetrics
{
    /// <summary>Its name, such as <c>store</c>, <c>get</c> or <c>search</c>.</summary>
    public required string Operation { get; init; }

    /// <summary>Calls that succeeded.</summary>
    public required long SuccessfulCalls { get; init; }

    /// <summary>Calls that failed.</summary>
    public required long FailedCalls { get; init; }

    /// <summary>All calls.</summary>
    public long TotalCalls => SuccessfulCalls + FailedCalls;

    /// <summary>The time of all calls together.</summary>
    public required TimeSpan TotalTime { get; init; }

    /// <summary>The time of the quickest call; zero before the first.</summary>
    public required TimeSpan MinTime { get; init; }

    /// <summary>The time of the slowest call; zero before the first.</summary>
    public required TimeSpan MaxTime { get; init; }

    /// <summary>Half of the calls took no longer.</summary>
    public required TimeSpan P50 { get; init; }

    /// <summary>75 of 100 calls took no longer.</summary>
    public required TimeSpan P75 { get; init; }

    /// <summary>90 of 100 calls took no longer.</summary>
    public required TimeSpan P90 { get; init; }

    /// <summary>95 of 100 calls took no longer.</summary>
    public required TimeSpan P95 { get; init; }

    /// <summary>99 of 100 calls took no longer.</summary>
    public required TimeSpan P99 { get; init; }

    /// <summary>The time of a call on average; zero before the first.</summary>
    public TimeSpan AverageTime => TotalCalls > 0 ? TotalTime / TotalCalls : TimeSpan.Zero;

    /// <summary>The share of calls that succeeded, 0 to 1; 1 before the first.</summary>
    public double SuccessRate => TotalCalls > 0 ? (double)SuccessfulCalls / TotalCalls : 1;
}
