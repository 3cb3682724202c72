using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using MemoryTriggers.Files;

namespace MemoryTriggers.DataFile;

/// <summary>
/// How pages are kept in the journal: each with a checksum behind it, which LiteDB's own log does not have. So a page that was
/// half written when the power failed is known, and the journal ends before it.
/// </summary>
internal static class JournalFrames
{
    public const int FrameSize = PagedStream.PageSize + 2 * sizeof(ulong);
    private const int ChecksumAt = PagedStream.PageSize + sizeof(ulong);

    /// <summary>The offset in the file of the frame with that number.</summary>
    public static long Offset(long number) => number * FrameSize;

    /// <summary>Writes the generation and the checksum of a page behind it.</summary>
    /// <param name="frame">The page, with room behind it.</param>
    /// <param name="number">Its place in the journal.</param>
    /// <param name="generation">Another one each time that the journal is emptied: what it held before is no part of it.</param>
    public static void Seal(Span<byte> frame, long number, ulong generation)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(frame[PagedStream.PageSize..], generation);
        BinaryPrimitives.WriteUInt64LittleEndian(frame[ChecksumAt..], Checksum(frame[..ChecksumAt], number));
    }

    /// <summary>The generation of the first frame, which is that of the journal.</summary>
    public static ulong Generation(IDiskFile file)
    {
        var frame = new byte[FrameSize];
        return file.Read(frame, 0) == FrameSize ? Generation(frame) : 0;
    }

    // Whether a frame is whole, the one with that number, and of this journal.
    private static bool IsIntact(ReadOnlySpan<byte> frame, long number, ulong generation) => Generation(frame) == generation
        && BinaryPrimitives.ReadUInt64LittleEndian(frame[ChecksumAt..]) == Checksum(frame[..ChecksumAt], number);

    private static ulong Generation(ReadOnlySpan<byte> frame) => BinaryPrimitives.ReadUInt64LittleEndian(frame[PagedStream.PageSize..]);

    /// <summary>How many frames are intact, from the first one on without a gap.</summary>
    public static long CountIntact(IDiskFile file)
    {
        var frame = new byte[FrameSize];
        var (number, generation) = (0L, Generation(file));
        while (file.Read(frame, Offset(number)) == FrameSize && IsIntact(frame, number, generation)) number++;
        return number;
    }

    /// <summary>
    /// Whether an intact frame follows behind the first one that is not: then the file was damaged, and not only left unfinished.
    /// </summary>
    public static bool HasIntactBehind(IDiskFile file, long intact)
    {
        var frame = new byte[FrameSize];
        var generation = Generation(file);
        for (var number = intact + 1; file.Read(frame, Offset(number)) == FrameSize; number++)
            if (IsIntact(frame, number, generation)) return true;
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
