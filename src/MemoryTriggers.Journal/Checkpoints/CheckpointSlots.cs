using System.Buffers.Binary;

namespace MemoryTriggers.Journal;

/// <summary>The newest whole slot of a checkpoint's bytes.</summary>
/// <param name="Generation">Counts the writes.</param>
/// <param name="Positions">How far each lane is acknowledged.</param>
/// <param name="Journal">The random id of the journal; 0 when no slot verifies.</param>
internal readonly record struct CheckpointSlots(ulong Generation, JournalPosition[] Positions, ulong Journal)
{
    public const int SlotBytes = 4096;
    public const int Count = 2;
    public const int JournalAt = 16 + (JournalCheckpoint.Lanes * LaneBytes);
    public const int ContentBytes = JournalAt + 8;
    public const int LaneBytes = 16;
    public const ulong Magic = 0x3254504B4347544D; // "MTGCKPT2"

    /// <summary>All positions are zero, and so is the generation, when no slot verifies.</summary>
    public static CheckpointSlots Newest(ReadOnlySpan<byte> file)
    {
        var newest = new CheckpointSlots(0, new JournalPosition[JournalCheckpoint.Lanes], 0);

        for (var index = 0; index < Count; index++)
        {
            if (file.Length < (index * SlotBytes) + ContentBytes + 4)
                break;

            var slot = file[(index * SlotBytes)..];
            var generation = BinaryPrimitives.ReadUInt64LittleEndian(slot[8..]);

            if (BinaryPrimitives.ReadUInt64LittleEndian(slot) != Magic
                || BinaryPrimitives.ReadUInt32LittleEndian(slot[ContentBytes..]) != Checksum(slot)
                || generation <= newest.Generation)
                continue;

            newest = new CheckpointSlots(
                generation, ReadPositions(slot), BinaryPrimitives.ReadUInt64LittleEndian(slot[JournalAt..]));
        }

        return newest;
    }

    public static uint Checksum(ReadOnlySpan<byte> slot) => JournalFrame.Checksum(uint.MaxValue, slot[..ContentBytes]);

    private static JournalPosition[] ReadPositions(ReadOnlySpan<byte> slot)
    {
        var positions = new JournalPosition[JournalCheckpoint.Lanes];

        for (var lane = 0; lane < positions.Length; lane++)
        {
            var at = slot[(16 + (lane * LaneBytes))..];
            positions[lane] = new JournalPosition(BinaryPrimitives.ReadUInt64LittleEndian(at),
                BinaryPrimitives.ReadInt64LittleEndian(at[8..]), 0, 0);
        }

        return positions;
    }
}
