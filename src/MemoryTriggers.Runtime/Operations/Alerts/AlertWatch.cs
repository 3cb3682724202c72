namespace MemoryTriggers.Operations;

/// <summary>
/// Remembers counts for as long as the window of alerts, so that a check sees what is new in it. Used by one caller at a time.
/// </summary>
internal sealed class AlertWatch(Func<TimeSpan> window, TimeProvider time)
{
    // Nothing has happened at the start.
    private readonly Queue<(long At, StoreCounts Calls, long Drops)> _past = new([(time.GetTimestamp(), default, 0)]);

    /// <returns>The counts since the oldest sample of the window.</returns>
    public (StoreCounts Calls, long Drops) Look(StoreCounts calls, long drops)
    {
        _past.Enqueue((time.GetTimestamp(), calls, drops));
        // The last one before the window stays: what came since then is in it.
        while (_past.Count > 1 && time.GetElapsedTime(_past.ElementAt(1).At) >= window()) _past.Dequeue();
        var oldest = _past.Peek();
        return (calls - oldest.Calls, drops - oldest.Drops);
    }
}
