namespace MemoryTriggers.Delivery.Sampling;

/// <summary>What is known of an operation while the process runs. Used by one thread at a time.</summary>
internal sealed class OperationState(DurationHistory history)
{
    public DurationHistory History { get; } = history;

    /// <summary>Whether its last execution failed: the success that follows is remembered.</summary>
    public bool IsFailing { get; set; }

    /// <summary>The hour that the two counts are of.</summary>
    private long Hour { get; set; } = -1;

    private int Samples { get; set; }

    private int Slow { get; set; }

    /// <summary>Whether one more sample of this hour is wanted; then it is counted.</summary>
    public bool TrySample(DateTimeOffset time, int most) => Enter(time) && Samples++ < most;

    /// <summary>Whether one more slow execution of this hour is wanted; then it is counted.</summary>
    public bool TrySlow(DateTimeOffset time, int most) => Enter(time) && Slow++ < most;

    private bool Enter(DateTimeOffset time)
    {
        var hour = time.UtcTicks / TimeSpan.TicksPerHour;
        if (hour != Hour) (Hour, Samples, Slow) = (hour, 0, 0);
        return true;
    }
}
