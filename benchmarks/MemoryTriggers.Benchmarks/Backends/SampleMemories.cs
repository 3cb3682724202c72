using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json;

namespace MemoryTriggers.Benchmarks.Backends;

/// <summary>Memories as a program makes them: a line of twenty words, a few hundred bytes of JSON, two tags. Never the same twice.</summary>
internal sealed class SampleMemories
{
    private static readonly string[] Words =
        "push deploy branch release rollback cache timeout payment gateway checkout order customer index query worker queue retry remote rejected failed succeeded".Split(' ');

    private readonly Random _random = new(4711);
    private readonly DateTimeOffset _start = TimeProvider.System.GetUtcNow();
    private long _serial;

    public IReadOnlyList<MemoryEntry> Batch(int size) => [.. Enumerable.Range(0, size).Select(_ => Next())];

    private MemoryEntry Next()
    {
        var serial = ++_serial;
        var time = _start.AddMilliseconds(serial / 4.0);
        var line = string.Join(' ', Enumerable.Range(0, 18).Select(_ => Words[_random.Next(Words.Length)]));
        return new MemoryEntry
        {
            Id = Id(time, serial),
            Project = "shop",
            Key = string.Create(CultureInfo.InvariantCulture, $"order-{_random.Next(5_000)}"),
            Content = string.Create(CultureInfo.InvariantCulture, $"ISS-{_random.Next(10_000):0000} {line} {serial}"),
            Value = JsonSerializer.SerializeToElement(new { arguments = new { branch = "main", tries = serial, customer = "c-1", note = line }, result = "done" }),
            Tags = ["production", Words[_random.Next(Words.Length)]],
            EntityType = "order",
            EntityId = string.Create(CultureInfo.InvariantCulture, $"{_random.Next(5_000)}"),
            TriggerType = TriggerType.WorkflowCompletion,
            Duration = TimeSpan.FromMilliseconds(_random.Next(1_000)),
            CreatedAt = time,
            UpdatedAt = time,
            TraceId = Convert.ToHexStringLower(BitConverter.GetBytes(serial / 8)) + "0123456789abcdef",
        };
    }

    private Guid Id(DateTimeOffset time, long serial)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(bytes, time.ToUnixTimeMilliseconds() << 16 | 0x7000 | serial & 0xfff);
        BinaryPrimitives.WriteInt64BigEndian(bytes[8..], long.MinValue | _random.NextInt64() >> 2);
        return new Guid(bytes, bigEndian: true);
    }
}
