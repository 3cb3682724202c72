using System.Buffers.Binary;

namespace MemoryTriggers.Conformance;

/// <summary>Valid memories whose details do not matter. Every id is new, and later than the one before. Thread-safe.</summary>
public static class SampleMemories
{
    private static long _serial;

    /// <summary>About when they were made.</summary>
    public static DateTimeOffset Time { get; } = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    /// <summary>A new id, later than all before.</summary>
    public static Guid Id()
    {
        var serial = Interlocked.Increment(ref _serial);
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(bytes, (Time.ToUnixTimeMilliseconds() + serial) << 16 | 0x7000);
        BinaryPrimitives.WriteInt64BigEndian(bytes[8..], long.MinValue | serial);
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>A memory of the project <c>shop</c> with this line.</summary>
    public static MemoryEntry Entry(string content = "The nightly build succeeded") => new()
    {
        Id = Id(),
        Key = "build",
        Content = content,
        Project = "shop",
        CreatedAt = Time.AddMilliseconds(Interlocked.Read(ref _serial)),
        UpdatedAt = Time,
    };

    /// <summary>So many memories, from the oldest to the newest; their lines say <c>Entry number 0</c> and so on.</summary>
    public static IReadOnlyList<MemoryEntry> Entries(int count) =>
        [.. Enumerable.Range(0, count).Select(static number => Entry($"Entry number {number}"))];
}
