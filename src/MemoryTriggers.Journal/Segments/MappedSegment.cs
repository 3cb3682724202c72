using System.Buffers;
using System.Runtime.CompilerServices;

namespace MemoryTriggers.Journal;

/// <summary>
/// A segment in memory that outlives the process. Space is claimed with one interlocked add; the frame becomes visible by
/// the release store of its commit word, the last thing an append does.
/// </summary>
internal sealed unsafe class MappedSegment : JournalSegment
{
    // Offset and number of frames share a word, so that one add claims both. 2^24 frames of 16 bytes exceed any segment.
    private const int OffsetBits = 40;
    private const long OffsetMask = (1L << OffsetBits) - 1;
    private const long OneFrame = 1L << OffsetBits;

    private readonly byte* _memory;
    private readonly long _capacity;
    private readonly long _prepareAt;
    private readonly long _start;
    private readonly ulong _nonce;
    private PaddedTail _tail;
    private bool _headerIsSynced;

    public MappedSegment(SegmentFile file, SegmentHeader header, long start)
        : base(file, header)
    {
        _memory = file.Memory;
        _capacity = file.Length;
        _start = start;
        _prepareAt = Math.Max(start, _capacity / 4);
        _nonce = header.Nonce;
        _tail.Value = start;
    }

    public override long ClaimedEnd =>
        SealedEnd is >= 0 and var end ? end : Math.Min(Volatile.Read(ref _tail.Value) & OffsetMask, _capacity);

    public override long Frames => (long)((ulong)Volatile.Read(ref _tail.Value) >> OffsetBits) - Volatile.Read(ref _tail.Refused);

    public override long FrameBytes => ClaimedEnd - _start;

    public override SegmentAppend TryAppend(ReadOnlySpan<byte> payload)
    {
        var size = JournalFrame.SizeOf(payload.Length);

        // Without this look, appends to a full journal would add up until the offset overflows into the count.
        if ((Volatile.Read(ref _tail.Value) & OffsetMask) > _capacity)
            return SegmentAppend.Sealed;

        var start = (Interlocked.Add(ref _tail.Value, size + OneFrame) - size) & OffsetMask;

        if (start + size > _capacity)
        {
            Refuse(start);
            return SegmentAppend.Sealed;
        }

        Publish(_memory + start, start, payload);

        return start < _prepareAt && start + size >= _prepareAt ? SegmentAppend.AcceptedPrepareNext : SegmentAppend.Accepted;
    }

    public override void Close()
    {
        if ((Volatile.Read(ref _tail.Value) & OffsetMask) > _capacity)
            return;

        var size = _capacity + JournalFrame.Alignment;
        Refuse((Interlocked.Add(ref _tail.Value, size + OneFrame) - size) & OffsetMask);
    }

    public override long PublishedEnd(long from)
    {
        var end = ClaimedEnd;
        var at = Holes.Skip(from);

        while (at < end && Volatile.Read(ref *(uint*)(_memory + at)) is not 0 and var word)
            at = Holes.Skip(at + JournalFrame.SizeOf(JournalFrame.PayloadLength(word)));

        return at;
    }

    public override SegmentRead Read(long offset, int maxRecords, int maxBytes)
    {
        var start = Holes.Skip(offset);
        var limit = ClaimedEnd;
        var end = start;
        var count = 0;

        while (count < maxRecords && end < limit && Holes.Skip(end) == end)
        {
            var word = Volatile.Read(ref *(uint*)(_memory + end));
            var next = end + JournalFrame.SizeOf(JournalFrame.PayloadLength(word));

            if (word == 0 || (count > 0 && next - start > maxBytes))
                break;

            end = next;
            count++;
        }

        if (count == 0)
            return SegmentRead.Nothing(start);

        // Rented: batches are large enough for the large object heap, whose collections stop the program.
        var run = ArrayPool<byte>.Shared.Rent((int)(end - start));
        CopyTo(run.AsSpan(0, (int)(end - start)), start);

        return SegmentRead.Cut(run, count, end);
    }

    public override void Sync(long end)
    {
        var start = _headerIsSynced ? SyncedEnd / SegmentHeader.Bytes * SegmentHeader.Bytes : 0;
        File.SyncMapped(start, end - start);
        _headerIsSynced = true;
    }

    public override void CopyTo(Span<byte> bytes, long offset) => new ReadOnlySpan<byte>(_memory + offset, bytes.Length).CopyTo(bytes);

    protected override void Zero(long from, long to) => new Span<byte>(_memory + from, (int)(to - from)).Clear();

    // Exactly one claim starts within the segment and ends past it: that one knows where the frames end.
    private void Refuse(long start)
    {
        Interlocked.Increment(ref _tail.Refused);

        if (start <= _capacity)
            Seal(start);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Publish(byte* frame, long offset, ReadOnlySpan<byte> payload)
    {
        var seed = JournalFrame.Seed(_nonce, offset, payload.Length);
        payload.CopyTo(new Span<byte>(frame + JournalFrame.HeaderBytes, payload.Length));
        *(uint*)(frame + 4) = JournalFrame.Checksum(seed, payload);
        Volatile.Write(ref *(uint*)frame, JournalFrame.CommitWord(payload.Length));
    }
}
