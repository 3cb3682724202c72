namespace MemoryTriggers.Journal;

/// <summary>A number of records, and their frame bytes.</summary>
internal readonly record struct LaneVolume(long Records, long Bytes)
{
    /// <summary>What this process has appended to a segment.</summary>
    public static LaneVolume AppendedTo(JournalSegment segment) => new(segment.Frames, segment.FrameBytes);

    /// <summary>What a segment held already when it was opened.</summary>
    public static LaneVolume FoundIn(JournalSegment segment) => new(segment.Found.Records, segment.Found.Bytes);

    public static LaneVolume operator +(LaneVolume left, LaneVolume right) => new(left.Records + right.Records, left.Bytes + right.Bytes);
}
