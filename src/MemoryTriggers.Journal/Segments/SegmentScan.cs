namespace MemoryTriggers.Journal;

/// <summary>The content of a segment file from an offset on: whole frames, damage between them, and where they end.</summary>
internal sealed record SegmentScan(string Path, SegmentHeader Header, long Length, long Start)
{
    private readonly List<(long Start, long End)> _damage = [];
    private readonly List<(long Start, long End)> _holes = [];

    /// <summary>The end of the last whole frame.</summary>
    public long End { get; private set; }

    /// <summary>The end of what is not zero.</summary>
    public long DirtyEnd { get; private set; }

    public long Frames { get; private set; }

    public long FrameBytes { get; private set; }

    /// <summary>Stretches that hold no whole frame, the torn tail included.</summary>
    public IReadOnlyList<(long Start, long End)> Damage => _damage;

    public SegmentHoles Holes => _holes.Count == 0 ? SegmentHoles.None : new SegmentHoles(_holes);

    public static SegmentScan Of(string path, SegmentHeader header, ReadOnlySpan<byte> bytes, int start)
    {
        var scan = new SegmentScan(path, header, bytes.Length, start);
        scan.Walk(bytes, start);

        return scan;
    }

    private void Walk(ReadOnlySpan<byte> bytes, int start)
    {
        var dirtyEnd = bytes.LastIndexOfAnyExcept((byte)0) + 1;
        var at = start;
        End = start;
        DirtyEnd = Math.Max(dirtyEnd, start);

        while (at < bytes.Length)
        {
            if (JournalFrame.Verify(bytes[at..], Header.Nonce, at) is > 0 and var size)
            {
                at += size;
                End = at;
                Frames++;
                FrameBytes += size;
                continue;
            }

            var next = at < dirtyEnd ? FrameScanner.FindNext(bytes, at + JournalFrame.Alignment, Header.Nonce, 0) : -1;

            if (next < 0)
            {
                if (at < dirtyEnd)
                    _damage.Add((at, Math.Min(bytes.Length, dirtyEnd)));

                break;
            }

            // What was delivered is cleared: that is no damage, wherever the checkpoint is.
            if (at > SegmentHeader.Bytes || bytes[at..next].ContainsAnyExcept((byte)0)) _damage.Add((at, next));
            _holes.Add((at, next));
            at = next;
        }

        DirtyEnd = Math.Max(DirtyEnd, End);
    }
}
