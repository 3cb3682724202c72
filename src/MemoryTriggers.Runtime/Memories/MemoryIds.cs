using MemoryTriggers.Capture;

namespace MemoryTriggers.Memories;

/// <summary>
/// Ids of memories that did not come through capture: as those of capture, in time order and in the order in which they are made.
/// Thread-safe.
/// </summary>
internal static class MemoryIds
{
    // Far from the numbers of capture, which begin at zero.
    private static long _serial = 1L << 40;

    public static Guid Next(DateTimeOffset now) => CaptureId.Create(now.UtcTicks, (ulong)Interlocked.Increment(ref _serial)).ToGuid();
}
