using System.Buffers.Binary;
using MemoryTriggers.Files;
using MemoryTriggers.Journal;

namespace MemoryTriggers.Delivery.DeadLetters;

/// <summary>
/// The state of a file of letters, in two places of its first kilobyte that are written in turn: one that is half written, or lost with
/// the power, leaves the other.
/// </summary>
/// <param name="Generation">A random number of the file: another one is another file.</param>
/// <param name="Sequence">Counts changes.</param>
/// <param name="Removals">Counts changes that took letters away.</param>
/// <param name="End">Where the letters end. What is behind it was never acknowledged.</param>
internal readonly record struct LetterHeader(ulong Generation, ulong Sequence, ulong Removals, long End)
{
    /// <summary>Where the letters begin.</summary>
    public const int Length = Places * PlaceBytes;

    private const int Places = 2;
    private const int PlaceBytes = 512;
    private const int UsedBytes = 44;
    private const ulong Magic = 0x315352455454454C; // LETTERS1
    private const uint Seed = 0x4C455454;

    /// <summary>The latest one that is whole; <see langword="null"/> when none is.</summary>
    public static LetterHeader? Read(ReadOnlySpan<byte> start)
    {
        LetterHeader? latest = null;
        for (var place = 0; (place * PlaceBytes) + UsedBytes <= start.Length; place++)
        {
            if (Parse(start.Slice(place * PlaceBytes, UsedBytes)) is { } header
                && (latest is null || header.Sequence > latest.Value.Sequence))
                latest = header;
        }

        return latest;
    }

    /// <summary>Writes it over the one before the last.</summary>
    public void Write(IDiskFile file)
    {
        Span<byte> bytes = stackalloc byte[UsedBytes];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, Magic);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[8..], Generation);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[16..], Sequence);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[24..], Removals);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[32..], End);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[40..], JournalFrame.Checksum(Seed, bytes[..40]));
        file.Write(bytes, (long)(Sequence % Places) * PlaceBytes);
    }

    private static LetterHeader? Parse(ReadOnlySpan<byte> bytes) =>
        BinaryPrimitives.ReadUInt64LittleEndian(bytes) == Magic
        && BinaryPrimitives.ReadUInt32LittleEndian(bytes[40..]) == JournalFrame.Checksum(Seed, bytes[..40])
            ? new LetterHeader(
                BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]), BinaryPrimitives.ReadUInt64LittleEndian(bytes[16..]),
                BinaryPrimitives.ReadUInt64LittleEndian(bytes[24..]), BinaryPrimitives.ReadInt64LittleEndian(bytes[32..]))
            : null;
}
