using System.Buffers.Binary;
using System.Globalization;

namespace MemoryTriggers.PostgresWriter;

/// <summary>Memories that are known by their number: made again, they have the same id.</summary>
public static class NumberedEntries
{
    public const int BatchSize = 10;

    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    public static IReadOnlyList<MemoryEntry> Batch(int writer, int first) =>
        [.. Enumerable.Range(first, BatchSize).Select(number => Entry(writer, number))];

    private static MemoryEntry Entry(int writer, int number)
    {
        // From the end of one month into the next ones, so that partitions are made while others write.
        var time = Start.AddMinutes(number * 97.0);
        var bytes = new byte[16];
        BinaryPrimitives.WriteInt64BigEndian(bytes, time.ToUnixTimeMilliseconds() << 16 | 0x7000);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(8), long.MinValue | (long)writer << 32 | (long)number);
        return new MemoryEntry
        {
            Id = new Guid(bytes, bigEndian: true),
            Key = string.Create(CultureInfo.InvariantCulture, $"{writer}/{number}"),
            Content = string.Create(CultureInfo.InvariantCulture, $"Writer {writer} wrote number {number}"),
            Project = "writers",
            CreatedAt = time,
        };
    }
}
