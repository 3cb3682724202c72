using System.Buffers.Binary;

namespace MemoryTriggers.TestKit;

/// <summary>Valid objects whose details do not matter to a test. Every id is new, and later than the one before.</summary>
public static class Any
{
    private static long _serial;

    public static DateTimeOffset Time { get; } = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    public static Guid Id()
    {
        var serial = Interlocked.Increment(ref _serial);
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(bytes, (Time.ToUnixTimeMilliseconds() + serial) << 16 | 0x7000);
        BinaryPrimitives.WriteInt64BigEndian(bytes[8..], long.MinValue | serial);
        return new Guid(bytes, bigEndian: true);
    }

    public static MemoryEntry Entry(string content = "The nightly build succeeded") => new()
    {
        Id = Id(),
        Key = "build",
        Content = content,
        Project = "shop",
        CreatedAt = Time.AddMilliseconds(Interlocked.Read(ref _serial)),
        UpdatedAt = Time,
    };

    public static IReadOnlyList<MemoryEntry> Entries(int count) =>
        [.. Enumerable.Range(0, count).Select(i => Entry($"Entry number {i}"))];
}
