namespace MemoryTriggers.Journal;

/// <summary>A place between two frames of a lane, and how many records and frame bytes this process passed to get there.</summary>
internal readonly record struct JournalPosition(ulong Sequence, long Offset, long Records, long Bytes)
{
    public bool IsBefore(in JournalPosition other) =>
        Sequence < other.Sequence || (Sequence == other.Sequence && Offset < other.Offset);
}
