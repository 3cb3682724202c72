namespace MemoryTriggers.Operations;

/// <summary>The measures of the store so far, over all operations.</summary>
/// <param name="Calls">Calls that ended.</param>
/// <param name="Failures">Those that failed.</param>
/// <param name="Slow">Those that were slow, and not of a kind that may be.</param>
/// <param name="Time">The time of those that are not of a kind that may be slow.</param>
internal readonly record struct StoreCounts(long Calls, long Failures, long Slow, TimeSpan Time)
{
    /// <summary>How long one takes on average; zero when there is none. Calls that may be slow count as quick ones.</summary>
    public TimeSpan AverageTime => Calls > 0 ? Time / Calls : TimeSpan.Zero;

    public static StoreCounts operator -(StoreCounts left, StoreCounts right) =>
        new(left.Calls - right.Calls, left.Failures - right.Failures, left.Slow - right.Slow, left.Time - right.Time);
}
