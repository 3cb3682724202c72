namespace MemoryTriggers.TestKit;

/// <summary>The machine's clock, which somebody sets forward or back. Intervals and timers do not notice, as on a real machine.</summary>
public sealed class JumpingTimeProvider : TimeProvider
{
    private long _ticks;

    public void Jump(TimeSpan by) => Interlocked.Add(ref _ticks, by.Ticks);

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddTicks(Interlocked.Read(ref _ticks));
}
