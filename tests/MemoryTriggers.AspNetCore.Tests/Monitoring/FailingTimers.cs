namespace MemoryTriggers.AspNetCore.Tests.Monitoring;

/// <summary>A clock that refuses one wait, that of the loop which looks through the store, so that background work ends at its start.</summary>
internal sealed class FailingTimers : TimeProvider
{
    private static readonly TimeSpan Refused = TimeSpan.FromMinutes(1);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        dueTime == Refused && period == Timeout.InfiniteTimeSpan ? throw new InvalidOperationException("there are no timers left") : base.CreateTimer(callback, state, dueTime, period);
}
