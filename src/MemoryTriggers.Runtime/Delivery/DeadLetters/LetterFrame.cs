using System.Buffers.Binary;
using System.Text;
using MemoryTriggers.Files;
using MemoryTriggers.Journal;

namespace MemoryTriggers.Delivery.DeadLetters;

/// <summary>
/// A letter in a file, on an 8-byte boundary: a head with lengths and checksums, whether it was taken away, its id, its content. Where the
/// content of one cannot be read, the head leads to the next.
/// </summary>
/// <param name="At">Where it begins.</param>
/// <param name="Bytes">The length of id and content.</param>
/// <param name="Checksum">The checksum of both.</param>
internal readonly record struct LetterFrame(long At, int Bytes, uint Checksum)
{
    public const int Alignment = 8;
    public const int HeadBytes = 24;

    /// <summary>Also of the content: no record of the journal comes near it.</summary>
    public const int MaxBytes = 256 * 1024 * 1024;

    private const int StateAt = 16;
    private const uint Magic = 0x5254454C; // LETR
    private const uint Kept = 0x54504B4B;
    private const uint Gone = 0x454E4F47;
    private const uint Seed = 0x52455454;

    public static ReadOnlySpan<byte> Mark => "LETR"u8;

    /// <summary>All that it takes of the file.</summary>
    public long Size => SizeOf(Bytes);

    public long End => At + Size;

    /// <summary>The frame of a letter, for that place.</summary>
    public static (LetterFrame Frame, byte[] Bytes) Make(long at, string id, ReadOnlySpan<byte> content)
    {
        var idBytes = Encoding.UTF8.GetByteCount(id);
        var length = sizeof(ushort) + idBytes + content.Length;
        if (length > MaxBytes) throw new IOException("it is too large for a dead letter");
        var bytes = new byte[SizeOf(length)];
        var payload = bytes.AsSpan(HeadBytes, length);
        BinaryPrimitives.WriteUInt16LittleEndian(payload, (ushort)idBytes);
        Encoding.UTF8.GetBytes(id, payload[sizeof(ushort)..]);
        content.CopyTo(payload[(sizeof(ushort) + idBytes)..]);
        var frame = new LetterFrame(at, length, JournalFrame.Checksum(Seed, payload));
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, Magic);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), length);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(8), frame.Checksum);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(12), JournalFrame.Checksum(Seed, bytes.AsSpan(0, 12)));
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(StateAt), Kept);
        return (frame, bytes);
    }

    /// <summary>The frame of a whole head, and whether its letter was taken away; <see langword="null"/> for anything else.</summary>
    public static (LetterFrame Frame, bool IsGone)? Parse(ReadOnlySpan<byte> head, long at)
    {
        if (head.Length < HeadBytes || BinaryPrimitives.ReadUInt32LittleEndian(head) != Magic
            || BinaryPrimitives.ReadUInt32LittleEndian(head[12..]) != JournalFrame.Checksum(Seed, head[..12]))
            return null;
        var length = BinaryPrimitives.ReadInt32LittleEndian(head[4..]);
        if (length is < sizeof(ushort) or > MaxBytes) return null;
        return (new LetterFrame(at, length, BinaryPrimitives.ReadUInt32LittleEndian(head[8..])),
            BinaryPrimitives.ReadUInt32LittleEndian(head[StateAt..]) == Gone);
    }

    /// <summary>Whether that is what was written.</summary>
    public bool IsWhole(ReadOnlySpan<byte> payload) =>
        JournalFrame.Checksum(Seed, payload) == Checksum
        && BinaryPrimitives.ReadUInt16LittleEndian(payload) <= payload.Length - sizeof(ushort);

    public static string Id(ReadOnlySpan<byte> payload) =>
        Encoding.UTF8.GetString(payload.Slice(sizeof(ushort), BinaryPrimitives.ReadUInt16LittleEndian(payload)));

    public static ReadOnlySpan<byte> Content(ReadOnlySpan<byte> payload) =>
        payload[(sizeof(ushort) + BinaryPrimitives.ReadUInt16LittleEndian(payload))..];

    /// <summary>Says that it was taken away.</summary>
    public void Strike(IDiskFile file)
    {
        Span<byte> state = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(state, Gone);
        file.Write(state, At + StateAt);
    }

    /// <summary>Overwrites id and content with zeros, when it is on disk that it was taken away.</summary>
    public void Erase(IDiskFile file) => file.Write(new byte[Bytes], At + HeadBytes);

    private static long SizeOf(int length) => ((long)HeadBytes + length + (Alignment - 1)) & ~(Alignment - 1L);
}
