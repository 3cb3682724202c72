namespace MemoryTriggers.Journal;

/// <summary>Stretches of a recovered segment that hold no whole frame; the reader jumps over them. In order.</summary>
internal sealed class SegmentHoles(IReadOnlyList<(long Start, long End)> holes)
{
    public static SegmentHoles None { get; } = new([]);

    public int Count => holes.Count;

    /// <summary>The end of the hole that starts at the offset, or the offset itself.</summary>
    public long Skip(long offset)
    {
        foreach (var (start, end) in holes)
        {
            if (offset >= start && offset < end)
                return end;
        }

        return offset;
    }
}
