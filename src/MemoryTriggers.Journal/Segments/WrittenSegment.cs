using System.Buffers;
using System.Buffers.Binary;

namespace MemoryTriggers.Journal;

/// <summary>
/// A segment that is written and read by calls: the mode for file systems that may need a new block for an old page, and
/// the way to drain whatever an earlier process left. The kernel serialises writes to one file anyway, so a lock costs nothing.
/// </summary>
internal sealed class WrittenSegment : JournalSegment
{
    private readonly Lock _gate = new();
    private readonly long _start;
    private byte[] _frame = [];
    private long _tail;
    private long _frames;
    private bool _isRenewed;

    public WrittenSegment(SegmentFile file, SegmentHeader header, long start, bool isClosed)
        : base(file, header)
    {
        _start = start;
        _tail = start;
        SyncedEnd = start;

        if (isClosed)
            Seal(start);
    }

    public override long ClaimedEnd => Volatile.Read(ref _tail);

    public override long Frames => Volatile.Read(ref _frames);

    public override long FrameBytes => ClaimedEnd - _start;

    public override SegmentAppend TryAppend(ReadOnlySpan<byte> payload)
    {
        var size = JournalFrame.SizeOf(payload.Length);

        lock (_gate)
        {
            if (SealedEnd >= 0 || _tail + size > Capacity)
            {
                Seal(_tail);
                return SegmentAppend.Sealed;
            }

            if (_frame.Length < size)
                _frame = new byte[Math.Max(size * 2, 1024)];

            var frame = _frame.AsSpan(0, size);
            JournalFrame.Encode(frame, Header.Nonce, _tail, payload);

            try
            {
                File.OnDisk!.Write(frame, _tail);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                // Counted by the lane. The tail stays, so the next record overwrites whatever part was written.
                return SegmentAppend.Failed;
            }

            var crossed = _tail < Capacity / 4 && _tail + size >= Capacity / 4;
            _frames++;
            Volatile.Write(ref _tail, _tail + size);

            return crossed ? SegmentAppend.AcceptedPrepareNext : SegmentAppend.Accepted;
        }
    }

    public override void Close()
    {
        lock (_gate)
            Seal(_tail);
    }

    public override long PublishedEnd(long from) => Math.Max(from, ClaimedEnd);

    public override SegmentRead Read(long offset, int maxRecords, int maxBytes)
    {
        var start = Holes.Skip(offset);
        var available = ClaimedEnd - start;

        if (available < JournalFrame.HeaderBytes)
            return SegmentRead.Nothing(start);

        var length = (int)Math.Min(available, Math.Max(maxBytes, FirstFrameBytes(start, available)));
        var run = ArrayPool<byte>.Shared.Rent(length);
        CopyTo(run.AsSpan(0, length), start);

        var count = 0;
        var end = 0;

        while (count < maxRecords
            && Holes.Skip(start + end) == start + end
            && JournalFrame.Verify(run.AsSpan(end, length - end), Header.Nonce, start + end) is > 0 and var size)
        {
            end += size;
            count++;
        }

        if (count > 0)
            return SegmentRead.Cut(run, count, start + end);

        ArrayPool<byte>.Shared.Return(run);
        return SegmentRead.Nothing(SkipDamage(start));
    }

    public override void Sync(long end)
    {
        Renew();
        base.Sync(end);
    }

    public override void CopyTo(Span<byte> bytes, long offset)
    {
        var read = File.OnDisk!.Read(bytes, offset);
        bytes[read..].Clear();
    }

    protected override void Zero(long from, long to) => File.OnDisk!.Write(new byte[to - from], from);

    // What an earlier process left is here, but it may be on its way to the disk no longer: when a sync fails, Linux takes the pages for
    // clean, and the process may have died of that. Written once more, they are dirty again, and a sync is reliable again.
    private void Renew()
    {
        if (_isRenewed || _start <= SegmentHeader.Bytes)
            return;

        var bytes = new byte[_start];
        CopyTo(bytes, 0);
        File.OnDisk!.Write(bytes, 0);
        _isRenewed = true;
    }

    private int FirstFrameBytes(long start, long available)
    {
        Span<byte> word = stackalloc byte[4];
        CopyTo(word, start);

        var size = JournalFrame.SizeOf(JournalFrame.PayloadLength(BinaryPrimitives.ReadUInt32LittleEndian(word)));

        return (int)Math.Min(size, available);
    }

    // The disk gave back something else than was written or recovered. The next whole frame is all that can be had.
    private long SkipDamage(long start)
    {
        var rest = new byte[(int)(ClaimedEnd - start)];
        CopyTo(rest, start);
        var next = FrameScanner.FindNext(rest, JournalFrame.Alignment, Header.Nonce, start);

        return next < 0 ? ClaimedEnd : start + next;
    }
}
