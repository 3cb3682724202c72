using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MemoryTriggers.Journal;

/// <summary>
/// One record in a segment, on an 8-byte boundary: commit word (4), CRC32C (4), payload, zero padding. The commit word is
/// the tagged payload length and is stored last; zero means not published. The CRC starts from the nonce of the segment and
/// the offset, so neither stale bytes of a recycled file nor bytes inside a payload can pass for a frame.
/// </summary>
internal static class JournalFrame
{
    public const int HeaderBytes = 8;
    public const int Alignment = 8;

    private const uint Tag = 0xB5000000;
    private const uint TagMask = 0xFF000000;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int SizeOf(int payloadLength) => (payloadLength + HeaderBytes + (Alignment - 1)) & ~(Alignment - 1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint CommitWord(int payloadLength) => Tag | (uint)payloadLength;

    public static bool IsPlausible(uint commitWord) => (commitWord & TagMask) == Tag;

    public static int PayloadLength(uint commitWord) => (int)(commitWord & ~TagMask);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Seed(ulong nonce, long offset, int payloadLength) =>
        BitOperations.Crc32C(BitOperations.Crc32C(uint.MaxValue, nonce), ((ulong)offset << 24) ^ (uint)payloadLength);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Checksum(uint seed, ReadOnlySpan<byte> payload)
    {
        var crc = seed;
        ref var at = ref MemoryMarshal.GetReference(payload);
        var left = payload.Length;

        for (; left >= 8; left -= 8, at = ref Unsafe.Add(ref at, 8))
            crc = BitOperations.Crc32C(crc, Unsafe.ReadUnaligned<ulong>(ref at));

        for (; left > 0; left--, at = ref Unsafe.Add(ref at, 1))
            crc = BitOperations.Crc32C(crc, at);

        return ~crc;
    }

    /// <summary>Encodes a whole frame for a positioned write.</summary>
    public static void Encode(Span<byte> frame, ulong nonce, long offset, ReadOnlySpan<byte> payload)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(frame, CommitWord(payload.Length));
        BinaryPrimitives.WriteUInt32LittleEndian(frame[4..], Checksum(Seed(nonce, offset, payload.Length), payload));
        payload.CopyTo(frame[HeaderBytes..]);
        frame[(HeaderBytes + payload.Length)..].Clear();
    }

    /// <summary>The size of the frame that starts <paramref name="bytes"/>, or 0 when none verifies there.</summary>
    public static int Verify(ReadOnlySpan<byte> bytes, ulong nonce, long offset)
    {
        if (bytes.Length < HeaderBytes)
            return 0;

        var word = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        var length = PayloadLength(word);

        if (!IsPlausible(word) || SizeOf(length) > bytes.Length)
            return 0;

        var checksum = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
        return checksum == Checksum(Seed(nonce, offset, length), bytes.Slice(HeaderBytes, length)) ? SizeOf(length) : 0;
    }
}
