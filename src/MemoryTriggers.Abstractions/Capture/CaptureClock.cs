using System.Diagnostics;

namespace MemoryTriggers.Capture;

/// <summary>
/// Wall-clock time on the hot path: one monotonic reading, and an offset to UTC that <see cref="Calibrate"/> renews,
/// since a second reading would cost as much as the rest of the capture.
/// </summary>
internal static class CaptureClock
{
    private static readonly double TicksPerTimestamp = (double)TimeSpan.TicksPerSecond / Stopwatch.Frequency;
    private static readonly long TimestampsPerTick = Stopwatch.Frequency / TimeSpan.TicksPerSecond;
    private static readonly bool IsWhole = Stopwatch.Frequency % TimeSpan.TicksPerSecond == 0;
    private static long _offset;

    static CaptureClock() => Calibrate(TimeProvider.System);

    public static long Timestamp => Stopwatch.GetTimestamp();

    /// <summary>Ticks of UTC (100 ns since year 1) at a timestamp.</summary>
    public static long UtcTicks(long timestamp) => Ticks(timestamp) + Volatile.Read(ref _offset);

    /// <summary>Ticks (100 ns) of a number of timestamp units.</summary>
    public static long Ticks(long timestamps) => IsWhole ? timestamps / TimestampsPerTick : (long)(timestamps * TicksPerTimestamp);

    /// <summary>Takes over the wall clock, so that a clock that was set shows in later records.</summary>
    public static void Calibrate(TimeProvider time) =>
        Volatile.Write(ref _offset, time.GetUtcNow().UtcTicks - Ticks(Stopwatch.GetTimestamp()));
}
