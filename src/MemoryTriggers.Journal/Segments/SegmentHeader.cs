using System.Buffers.Binary;

namespace MemoryTriggers.Journal;

/// <summary>
/// The first page of a segment. It is written twice, in different sectors: the nonce is needed to verify any frame, so one
/// lost sector must not lose it.
/// </summary>
internal readonly record struct SegmentHeader(TriggerPriority Lane, ulong Sequence, ulong Nonce)
{
    public const int Bytes = 4096;

    private const ulong Magic = 0x314C4E4A5247544D; // "MTGRJNL1"
    private const int CopyOffset = 2048;
    private const int ContentBytes = 32;
    private const uint Version = 1;

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
        BinaryPrimitives.WriteUInt32LittleEndian(at[ContentBytes..], Checksum(at));
    }

    private static bool TryReadCopy(ReadOnlySpan<byte> at, out SegmentHeader header)
    {
        header = new SegmentHeader(
            (TriggerPriority)BinaryPrimitives.ReadUInt32LittleEndian(at[12..]),
            BinaryPrimitives.ReadUInt64LittleEndian(at[16..]),
            BinaryPrimitives.ReadUInt64LittleEndian(at[24..]));

        return BinaryPrimitives.ReadUInt64LittleEndian(at) == Magic
            && BinaryPrimitives.ReadUInt32LittleEndian(at[8..]) == Version
            && BinaryPrimitives.ReadUInt32LittleEndian(at[ContentBytes..]) == Checksum(at)
            && header.Lane is >= TriggerPriority.Critical and <= TriggerPriority.Low;
    }

    private static uint Checksum(ReadOnlySpan<byte> at) => JournalFrame.Checksum(uint.MaxValue, at[..ContentBytes]);
}
