namespace MemoryTriggers.Capture;

/// <summary>Counts the failures of capture itself, which must not reach the program. Shown by health.</summary>
internal static class CaptureFaults
{
    private static long _count;

    public static long Total => Interlocked.Read(ref _count);

    public static void Count() => Interlocked.Increment(ref _count);
}
