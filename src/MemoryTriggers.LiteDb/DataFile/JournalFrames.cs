using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using MemoryTriggers.Journal;

namespace MemoryTriggers.DataFile;

/// <summary>
/// How pages are kept in the journal: each with a checksum behind it, which LiteDB's own log does not have. So a page that was
/// half written when the power failed is known, and the journal ends before it.
/// </summary>
internal static class JournalFrames
{
    public const int FrameSize = PagedStream.PageSize + sizeof(ulong);

    /// <summary>The offset in the file of the frame with that number.</summary>
    public static long Offset(long number) => number * FrameSize;

    /// <summary>Writes the checksum of a page behind it.</summary>
    public static void Seal(Span<byte> frame, long number) =>
        BinaryPrimitives.WriteUInt64LittleEndian(frame[PagedStream.PageSize..], Checksum(frame[..PagedStream.PageSize], number));

    /// <summary>Whether a frame is whole, and the one with that number.</summary>
    public static bool IsIntact(ReadOnlySpan<byte> frame, long number) =>
        BinaryPrimitives.ReadUInt64LittleEndian(frame[PagedStream.PageSize..]) == Checksum(frame[..PagedStream.PageSize], number);

    /// <summary>How many frames are intact, from the first one on without a gap.</summary>
    public static long CountIntact(IDiskFile file)
    {
        var frame = new byte[FrameSize];
        var number = 0L;
        while (file.Read(frame, Offset(number)) == FrameSize && IsIntact(frame, number)) number++;
        return number;
    }

    /// <summary>Whether an intact frame follows behind the first one that is not: then the file was damaged, and not only left unfinished.</summary>
    public static bool HasIntactBehind(IDiskFile file, long intact)
    {
        var frame = new byte[FrameSize];
        for (var number = intact + 1; file.Read(frame, Offset(number)) == FrameSize; number++)
            if (IsIntact(frame, number)) return true;
        return false;
    }

    private static ulong Checksum(ReadOnlySpan<byte> page, long number)
    {
        // Two halves, so that a whole page of zeros has a checksum, and 64 bits are checked.
        var (first, second) = (BitOperations.Crc32C(uint.MaxValue, (ulong)number), BitOperations.Crc32C(0x4D54u, (ulong)~number));
        foreach (var word in MemoryMarshal.Cast<byte, ulong>(page))
        {
            first = BitOperations.Crc32C(first, word);
            second = BitOperations.Crc32C(second, BitOperations.RotateLeft(word, 31) ^ first);
        }

        return (ulong)first << 32 | second;
    }
}
