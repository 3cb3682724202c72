namespace MemoryTriggers.Journal;

/// <summary>Frames copied out of a segment into a rented array: where reading goes on, and the frame bytes that were passed.</summary>
internal readonly record struct SegmentRead(ReadOnlyMemory<byte>[] Records, long End, long Bytes, byte[]? Rented)
{
    public static SegmentRead Nothing(long at) => new([], at, 0, null);

    /// <summary>Cuts a run of frames that are already known to be whole into payloads.</summary>
    public static SegmentRead Cut(byte[] run, int count, long end)
    {
        var records = new ReadOnlyMemory<byte>[count];
        var at = 0;

        for (var index = 0; index < count; index++)
        {
            var length = JournalFrame.PayloadLength(BitConverter.ToUInt32(run, at));
            records[index] = run.AsMemory(at + JournalFrame.HeaderBytes, length);
            at += JournalFrame.SizeOf(length);
        }

        return new SegmentRead(records, end, at, run);
    }
}
