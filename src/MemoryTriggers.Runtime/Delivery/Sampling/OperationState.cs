namespace MemoryTriggers.Delivery.Sampling;

/// <summary>What is known of an operation while the process runs. Used by one thread at a time.</summary>
internal sealed class OperationState(DurationHistory history)
{
    private long _hour = -1;
    private int _samples;
    private int _slow;

    public DurationHistory History { get; } = history;

    /// <summary>Whether its last execution failed: the success that follows is remembered.</summary>
    public bool IsFailing { get; set; }

    /// <summary>Whether one more sample of this hour is wanted; then it is counted.</summary>
    public bool TrySample(DateTimeOffset time, int most)
    {
        Enter(time);
        return _samples++ < most;
    }

    /// <summary>Whether one more slow execution of this hour is wanted; then it is counted.</summary>
    public bool TrySlow(DateTimeOffset time, int most)
    {
        Enter(time);
        return _slow++ < most;
    }

    private void Enter(DateTimeOffset time)
    {
        var hour = time.UtcTicks / TimeSpan.TicksPerHour;
        if (hour != _hour) (_hour, _samples, _slow) = (hour, 0, 0);
    }
}
