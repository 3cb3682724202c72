using MemoryTriggers.TestKit;

namespace MemoryTriggers.Delivery;

public sealed class PumpSignalTests
{
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(20);
    private readonly ManualTimeProvider _time = new();
    private volatile bool _hasPending;

    [Fact(Timeout = 30_000)]
    public async Task Wait_NothingPending_SleepsUntilTheFirstRecord()
    {
        var signal = new PumpSignal(_time);
        var wait = signal.WaitAsync(() => _hasPending, TimeSpan.Zero, static () => false);
        Assert.False(wait.IsCompleted);

        _hasPending = true;
        signal.Appended();

        // The clock stands: only the record can have ended the sleep.
        await wait;
    }

    [Fact(Timeout = 30_000)]
    public async Task Wait_AlreadyPending_OnlyGathers()
    {
        _hasPending = true;
        var wait = new PumpSignal(_time).WaitAsync(() => _hasPending, Gather, static () => false);
        Assert.False(wait.IsCompleted);

        _time.Advance(Gather);

        await wait;
    }

    [Fact(Timeout = 30_000)]
    public async Task Wait_SomebodyWaits_NeitherSleepsNorGathers()
    {
        var signal = new PumpSignal(_time);
        var wait = signal.WaitAsync(() => _hasPending, Gather, static () => false);

        _hasPending = true;
        signal.Urgent();

        await wait;
        Assert.Equal(new ManualTimeProvider().GetUtcNow(), _time.GetUtcNow());
    }

    [Fact(Timeout = 30_000)]
    public async Task Wait_NoGathering_EndsWithTheFirstRecord()
    {
        _hasPending = true;

        await new PumpSignal(_time).WaitAsync(() => _hasPending, TimeSpan.Zero, static () => false);

        Assert.Equal(new ManualTimeProvider().GetUtcNow(), _time.GetUtcNow());
    }

    [Fact(Timeout = 30_000)]
    public async Task Wait_ForMore_EndsWhenABatchIsFull()
    {
        _hasPending = true;
        var isFull = false;
        var wait = new PumpSignal(_time).WaitAsync(() => _hasPending, TimeSpan.FromSeconds(30), () => Volatile.Read(ref isFull));
        while (_time.Timers == 0) await Task.Yield();
        Assert.False(wait.IsCompleted);

        Volatile.Write(ref isFull, true);
        _time.Advance(TimeSpan.FromMilliseconds(20));

        await wait;
    }

    [Fact(Timeout = 30_000)]
    public async Task Wait_ForMore_LastsAsLongAsItMay()
    {
        _hasPending = true;
        var wait = new PumpSignal(_time).WaitAsync(() => _hasPending, TimeSpan.FromMilliseconds(250), static () => false);
        var start = _time.GetUtcNow();

        while (!wait.IsCompleted)
        {
            if (_time.Timers > 0) _time.Advance(TimeSpan.FromMilliseconds(5));
            else await Task.Yield();
        }

        Assert.Equal(TimeSpan.FromMilliseconds(250), _time.GetUtcNow() - start);
    }
}
