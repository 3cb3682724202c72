namespace MemoryTriggers.Journal;

/// <summary>
/// Wakes the sync thread. Appends look at plain flags and call the system only when the thread sleeps or for the first
/// urgent record of a pass. The thread raises <c>_idle</c> before it looks for work a last time, and an append claims (a full
/// fence) before it looks at <c>_idle</c>: one of the two always sees the other. Never disposed: late appends may still call.
/// </summary>
internal sealed class JournalSignal
{
    private readonly AutoResetEvent _wake = new(false);
    private readonly AutoResetEvent _segmentNeeded = new(false);
    private int _idle;
    private int _urgent;

    public void Appended()
    {
        if (Volatile.Read(ref _idle) != 0 && Interlocked.Exchange(ref _idle, 0) != 0)
            _wake.Set();
    }

    public void Urgent()
    {
        if (Volatile.Read(ref _urgent) == 0 && Interlocked.Exchange(ref _urgent, 1) == 0)
            _wake.Set();
    }

    /// <summary>Asks for the next segment: once per segment, so the call to the system does not matter.</summary>
    public void SegmentNeeded() => _segmentNeeded.Set();

    public void WaitForSegmentNeeded() => _segmentNeeded.WaitOne();

    public void WaitForWork(Func<bool> hasWork)
    {
        Interlocked.Exchange(ref _idle, 1);

        while (Volatile.Read(ref _idle) != 0 && Volatile.Read(ref _urgent) == 0 && !hasWork())
            _wake.WaitOne();

        Volatile.Write(ref _idle, 0);
    }

    /// <summary>Lets more records gather, unless one of them is urgent.</summary>
    public void Gather(TimeSpan interval)
    {
        if (Volatile.Read(ref _urgent) == 0 && interval > TimeSpan.Zero)
            _wake.WaitOne(interval);

        Interlocked.Exchange(ref _urgent, 0);
    }
}
