using System.Buffers.Binary;

namespace MemoryTriggers.Soak;

/// <summary>A record of the journal that carries a number and can be checked byte for byte.</summary>
internal static class NumberedRecord
{
    public static byte[] Make(int number, int length)
    {
        var record = new byte[length];
        record.AsSpan().Fill((byte)((number * 31) + 7));
        BinaryPrimitives.WriteInt32LittleEndian(record, number);
        return record;
    }

    /// <summary>The number, or -1 when the record is not what was appended.</summary>
    public static int Read(ReadOnlySpan<byte> record)
    {
        var number = BinaryPrimitives.ReadInt32LittleEndian(record);
        return record.SequenceEqual(Make(number, record.Length)) ? number : -1;
    }
}
