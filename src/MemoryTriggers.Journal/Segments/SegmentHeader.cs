using System.Buffers.Binary;

namespace MemoryTriggers.Journal;

/// <summary>
/// The first page of a segment. It is written twice, in different sectors: the nonce is needed to verify any frame, so one
/// lost sector must not lose it.
/// </summary>
/// <param name="Lane">The lane.</param>
/// <param name="Sequence">Its number in the lane.</param>
/// <param name="Nonce">What tells the frames of this use of the file from those of another.</param>
/// <param name="Journal">The random id of the journal that it belongs to.</param>
/// <param name="Length">The length of the file, in bytes: a shorter one was cut.</param>
internal readonly record struct SegmentHeader(TriggerPriority Lane, ulong Sequence, ulong Nonce, ulong Journal, uint Length)
{
    public const int Bytes = 4096;

    private const ulong Magic = 0x314C4E4A5247544D; // "MTGRJNL1"
    private const int CopyOffset = 2048;
    private const int ContentBytes = 44;
    private const uint Version = 2;

    public void Write(Span<byte> page)
    {
        page[..Bytes].Clear();
        WriteCopy(page);
        WriteCopy(page[CopyOffset..]);
    }

    public static bool TryRead(ReadOnlySpan<byte> page, out SegmentHeader header, out bool intact)
    {
        header = default;
        intact = false;

        if (page.Length < CopyOffset + ContentBytes + 4)
            return page.Length >= ContentBytes + 4 && TryReadCopy(page, out header);

        var first = TryReadCopy(page, out header);
        var second = TryReadCopy(page[CopyOffset..], out var copy);
        intact = first && second;

        if (!first && second)
            header = copy;

        return first || second;
    }

    private void WriteCopy(Span<byte> at)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(at, Magic);
        BinaryPrimitives.WriteUInt32LittleEndian(at[8..], Version);
        BinaryPrimitives.WriteUInt32LittleEndian(at[12..], (uint)Lane);
        BinaryPrimitives.WriteUInt64LittleEndian(at[16..], Sequence);
        BinaryPrimitives.WriteUInt64LittleEndian(at[24..], Nonce);
        BinaryPrimitives.WriteUInt64LittleEndian(at[32..], Journal);
        BinaryPrimitives.WriteUInt32LittleEndian(at[40..], Length);
        BinaryPrimitives.WriteUInt32LittleEndian(at[ContentBytes..], Checksum(at));
    }

    private static bool TryReadCopy(ReadOnlySpan<byte> at, out SegmentHeader header)
    {
        header = new SegmentHeader(
            (TriggerPriority)BinaryPrimitives.ReadUInt32LittleEndian(at[12..]),
            BinaryPrimitives.ReadUInt64LittleEndian(at[16..]),
            BinaryPrimitives.ReadUInt64LittleEndian(at[24..]),
            BinaryPrimitives.ReadUInt64LittleEndian(at[32..]),
            BinaryPrimitives.ReadUInt32LittleEndian(at[40..]));

        return BinaryPrimitives.ReadUInt64LittleEndian(at) == Magic
            && BinaryPrimitives.ReadUInt32LittleEndian(at[8..]) == Version
            && BinaryPrimitives.ReadUInt32LittleEndian(at[ContentBytes..]) == Checksum(at)
            && header.Lane is >= TriggerPriority.Critical and <= TriggerPriority.Low;
    }

    private static uint Checksum(ReadOnlySpan<byte> at) => JournalFrame.Checksum(uint.MaxValue, at[..ContentBytes]);
}
