using System.Buffers.Binary;
using System.Security.Cryptography;

namespace MemoryTriggers.Capture;

/// <summary>
/// A 128-bit id in time order, with the layout of UUID version 7 (RFC 9562, method 3): 48 bits of milliseconds, 12 bits
/// of fraction, 62 bits that are a random number of this process plus a counter. Two 64-bit halves, the first the most significant.
/// </summary>
internal readonly record struct CaptureId(ulong High, ulong Low)
{
    private const ulong LowMask = (1UL << 62) - 1;
    private const ulong Version = 7UL << 12;
    private const ulong Variant = 2UL << 62;
    private static readonly ulong ProcessBase = BinaryPrimitives.ReadUInt64LittleEndian(RandomNumberGenerator.GetBytes(8));

    /// <summary>Makes an id. <paramref name="serial"/> must be unique in this process.</summary>
    public static CaptureId Create(long utcTicks, ulong serial)
    {
        var sinceEpoch = (ulong)(utcTicks - DateTime.UnixEpoch.Ticks);
        var milliseconds = sinceEpoch / TimeSpan.TicksPerMillisecond;
        var fraction = (sinceEpoch - milliseconds * TimeSpan.TicksPerMillisecond) * 4096 / TimeSpan.TicksPerMillisecond;
        return new CaptureId(milliseconds << 16 | Version | fraction, Variant | (ProcessBase + serial) & LowMask);
    }

    /// <summary>
    /// Whether the id was made by this process: its serial is small, counted from the random base of the process. An id of another one
    /// seems so once in 16,384.
    /// </summary>
    public static bool IsOwn(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        return ((BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]) - ProcessBase) & LowMask) < 1UL << 48;
    }

    public bool IsEmpty => (High | Low) == 0;

    public Guid ToGuid() => new(
        (uint)(High >> 32), (ushort)(High >> 16), (ushort)High,
        (byte)(Low >> 56), (byte)(Low >> 48), (byte)(Low >> 40), (byte)(Low >> 32), (byte)(Low >> 24), (byte)(Low >> 16),
        (byte)(Low >> 8), (byte)Low);
}
