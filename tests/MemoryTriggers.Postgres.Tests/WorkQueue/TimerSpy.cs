using System.Threading.Channels;

namespace MemoryTriggers.Tests.WorkQueue;

/// <summary>Tells how long somebody is going to wait, at the moment when he begins to.</summary>
internal sealed class TimerSpy : TimeProvider
{
    private readonly Channel<TimeSpan> _waits = Channel.CreateUnbounded<TimeSpan>();

    public ValueTask<TimeSpan> NextAsync(CancellationToken cancellationToken) => _waits.Reader.ReadAsync(cancellationToken);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        _waits.Writer.TryWrite(dueTime);
        return base.CreateTimer(callback, state, dueTime, period);
    }
}
