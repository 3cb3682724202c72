namespace MemoryTriggers.Journal;

/// <summary>
/// Where appends wait when the journal is full and they may. The sync thread announces room; an append that checked before the announcement
/// does not wait.
/// </summary>
/// <param name="signal">Wakes the sync thread.</param>
/// <param name="longest">How long to wait at most.</param>
/// <param name="isMadeAtOnce">Whether the sync thread makes what room there can be; else it depends on the store.</param>
/// <param name="time">The clock.</param>
internal sealed class JournalRoom(JournalSignal signal, TimeSpan longest, bool isMadeAtOnce, TimeProvider time)
{
    // The pass that was under way may not have seen the need; the one after it has.
    private const int PassesUntilMade = 2;

    private readonly object _gate = new();
    private long _announcements;
    private int _waiting;

    /// <summary>There may be room: everybody looks again.</summary>
    public void Announce()
    {
        if (Volatile.Read(ref _waiting) == 0)
            return;

        lock (_gate)
        {
            _announcements++;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Appends as soon as there is room, or says why not when the time is up.</summary>
    public JournalAppendResult Append(JournalLane lane, ReadOnlySpan<byte> payload)
    {
        var started = time.GetTimestamp();
        Interlocked.Increment(ref _waiting);

        try
        {
            for (var pass = 0; ; pass++)
            {
                var seen = Volatile.Read(ref _announcements);
                var result = lane.TryAppend(payload);
                var left = longest - time.GetElapsedTime(started);

                if (result != JournalAppendResult.DroppedFull || left <= TimeSpan.Zero || (isMadeAtOnce && pass > PassesUntilMade))
                    return result;

                signal.Urgent();
                Wait(seen, left);
            }
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    private void Wait(long seen, TimeSpan left)
    {
        lock (_gate)
        {
            if (_announcements == seen)
                Monitor.Wait(_gate, left);
        }
    }
}
