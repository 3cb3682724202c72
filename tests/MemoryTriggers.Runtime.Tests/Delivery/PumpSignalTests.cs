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
        var wait = signal.WaitAsync(() => _hasPending, TimeSpan.Zero);
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
        var wait = new PumpSignal(_time).WaitAsync(() => _hasPending, Gather);
        Assert.False(wait.IsCompleted);

        _time.Advance(Gather);

        await wait;
    }

    [Fact(Timeout = 30_000)]
    public async Task Wait_SomebodyWaits_NeitherSleepsNorGathers()
    {
        var signal = new PumpSignal(_time);
        var wait = signal.WaitAsync(() => _hasPending, Gather);

        _hasPending = true;
        signal.Urgent();

        await wait;
        Assert.Equal(new ManualTimeProvider().GetUtcNow(), _time.GetUtcNow());
    }

    [Fact(Timeout = 30_000)]
    public async Task Wait_NoGathering_EndsWithTheFirstRecord()
    {
        _hasPending = true;

        await new PumpSignal(_time).WaitAsync(() => _hasPending, TimeSpan.Zero);

        Assert.Equal(new ManualTimeProvider().GetUtcNow(), _time.GetUtcNow());
    }
}
