namespace MemoryTriggers.Journal;

/// <summary>The recovered lane: segments in order, the last one open for appending if it may be.</summary>
internal sealed record RecoveredLane(
    IReadOnlyList<JournalSegment> Segments,
    JournalPosition Acknowledged,
    ulong NextSequence,
    long Records,
    long Bytes)
{
    public static RecoveredLane Empty { get; } = new([], default, 1, 0, 0);
}
