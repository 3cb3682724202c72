namespace MemoryTriggers.Journal;

/// <summary>
/// One file of a lane. An instance is used once: a recycled file gets a new instance, so that a thread which still holds
/// the old one finds it sealed forever and can never write into the new content.
/// </summary>
internal abstract class JournalSegment(SegmentFile file, SegmentHeader header)
{
    private long _sealedEnd = -1;
    private long _clearedEnd = SegmentHeader.Bytes;

    public SegmentFile File { get; } = file;

    public SegmentHeader Header { get; } = header;

    public ulong Sequence => Header.Sequence;

    public long Capacity => File.Length;

    public SegmentHoles Holes { get; init; } = SegmentHoles.None;

    /// <summary>What it held already when this instance was made: records found at recovery, or copied from another file.</summary>
    public (long Records, long Bytes) Found { get; init; }

    /// <summary>The end of the last frame, once no append can follow; -1 before.</summary>
    public long SealedEnd => Volatile.Read(ref _sealedEnd);

    /// <summary>The end of what has been claimed so far, published or not.</summary>
    public abstract long ClaimedEnd { get; }

    /// <summary>The records claimed by this process.</summary>
    public abstract long Frames { get; }

    /// <summary>The frame bytes claimed by this process.</summary>
    public abstract long FrameBytes { get; }

    /// <summary>Everything before it is on disk. Owned by the sync thread.</summary>
    public long SyncedEnd { get; set; } = SegmentHeader.Bytes;

    /// <summary>A sync failed: the pages may be marked clean without being on disk, so no sync of them proves anything.</summary>
    public bool IsSuspect { get; set; }

    public abstract SegmentAppend TryAppend(ReadOnlySpan<byte> payload);

    /// <summary>Ends appending. Claims made before may still be on their way to being published.</summary>
    public abstract void Close();

    /// <summary>The end of the unbroken run of published frames from the offset on.</summary>
    public abstract long PublishedEnd(long from);

    /// <summary>Copies whole published frames out. A record larger than the limit comes alone.</summary>
    public abstract SegmentRead Read(long offset, int maxRecords, int maxBytes);

    /// <summary>Forces everything up to the offset to disk.</summary>
    /// <exception cref="IOException">The disk refused; the segment must not be synced again.</exception>
    public virtual void Sync(long end) => File.OnDisk!.SyncData();

    /// <summary>Copies raw bytes out, to rewrite a suspect segment elsewhere.</summary>
    public abstract void CopyTo(Span<byte> bytes, long offset);

    /// <summary>Overwrites with zeros what is acknowledged. A checkpoint that says so is on disk: no process reads it again.</summary>
    /// <exception cref="IOException">The disk refused.</exception>
    public void Clear(long end)
    {
        end = Math.Min(end, PublishedEnd(SyncedEnd));
        if (end <= _clearedEnd) return;
        Zero(_clearedEnd, end);
        _clearedEnd = end;
        // Frames that are gone need no sync, and would hide those behind them.
        SyncedEnd = Math.Max(SyncedEnd, end);
    }

    /// <summary>Overwrites a stretch with zeros.</summary>
    protected abstract void Zero(long from, long to);

    public bool IsFinishedAt(long offset) => SealedEnd is >= 0 and var end && Holes.Skip(offset) >= end;

    protected void Seal(long end) => Volatile.Write(ref _sealedEnd, end);
}
