namespace MemoryTriggers.Journal;

/// <summary>Drops of one lane by reason.</summary>
internal sealed class LaneDrops
{
    private readonly long[] _counts = new long[(int)JournalAppendResult.DroppedClosed + 1];

    public long this[JournalAppendResult reason] => Volatile.Read(ref _counts[(int)reason]);

    public JournalAppendResult Count(JournalAppendResult reason)
    {
        Interlocked.Increment(ref _counts[(int)reason]);
        return reason;
    }
}
