using System.Buffers.Binary;
using MemoryTriggers.Capture;

namespace MemoryTriggers.Backends.Mem0;

/// <summary>
/// Which memories the server cannot have: made by this process after this began, never changed, and never sent. All others are looked up
/// before they are written; one that an earlier process has captured may have been sent by it. Thread-safe.
/// </summary>
/// <param name="start">When this began.</param>
/// <param name="most">How many sent ones are remembered; older ones count as sent.</param>
internal sealed class Mem0Writes(DateTimeOffset start, int most = 16_384)
{
    private readonly Lock _gate = new();
    private readonly HashSet<Guid> _sent = [];
    private readonly Queue<Guid> _order = [];
    private long _known = start.ToUnixTimeMilliseconds();

    /// <summary>The memory is about to be sent.</summary>
    /// <returns>Whether the server cannot have it.</returns>
    public bool IsFirst(MemoryEntry entry)
    {
        if (entry.UpdatedAt > entry.CreatedAt || !CaptureId.IsOwn(entry.Id)) return false;
        lock (_gate)
        {
            // An id has its time. It is older than those that are forgotten: it may be one of them.
            if (Milliseconds(entry.Id) <= _known || !_sent.Add(entry.Id)) return false;
            _order.Enqueue(entry.Id);
            while (_order.Count > most && _order.TryDequeue(out var oldest))
            {
                _sent.Remove(oldest);
                _known = Math.Max(_known, Milliseconds(oldest));
            }

            return true;
        }
    }

    /// <summary>The server did not take it, and said so, or was not reached.</summary>
    public void TakeBack(MemoryEntry entry)
    {
        lock (_gate) _sent.Remove(entry.Id);
    }

    private static long Milliseconds(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        return (long)(BinaryPrimitives.ReadUInt64BigEndian(bytes) >> 16);
    }
}
