using System.Diagnostics;

namespace MemoryTriggers.Soak;

/// <summary>The moment at which a child ends itself: a named point, the n-th time it is reached.</summary>
internal sealed class CrashPoint(string name, int occurrence)
{
    private int _left = occurrence;

    public static CrashPoint None { get; } = new("", 0);

    /// <summary>Whether this is the time: if so, the caller may still do half of its work before it dies.</summary>
    public bool IsNow(string point) => point == name && Interlocked.Decrement(ref _left) == 0;

    public void Hit(string point)
    {
        if (IsNow(point)) Die(point);
    }

    /// <summary>SIGKILL from within: no handler, no finally, no flush.</summary>
    public static void Die(string point)
    {
        ChildOutput.Say($"hit {point}");
        using var self = Process.GetCurrentProcess();
        self.Kill();
        Thread.Sleep(Timeout.Infinite);
    }
}
