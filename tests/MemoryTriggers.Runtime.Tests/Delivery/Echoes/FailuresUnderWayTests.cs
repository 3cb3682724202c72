using MemoryTriggers.TestKit;

namespace MemoryTriggers.Delivery.Echoes;

/// <summary>A delivery waits for earlier ones, and never for a later one.</summary>
public sealed class FailuresUnderWayTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly Guid _failure = Any.Id();
    private readonly FailuresUnderWay _failures;

    public FailuresUnderWayTests() => _failures = new FailuresUnderWay(_time);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Deliveries_ThatHaveWhatTheOtherOneWants_DoNotWaitForEachOther()
    {
        var other = Any.Id();
        var first = _failures.Begin([_failure]);
        var second = _failures.Begin([other]);

        var (wait, none) = (_failures.WaitAsync(second, [_failure], Token), _failures.WaitAsync(first, [other], Token));

        Assert.Equal((false, true), (wait.IsCompleted, none.IsCompletedSuccessfully));
    }

    [Fact]
    public async Task Wait_ForWhatIsStoredBeforeItsDeliveryEnds_IsOver()
    {
        _failures.Begin([_failure]);
        var wait = _failures.WaitAsync(_failures.Begin([]), [_failure], Token);

        _failures.Stored([_failure]);

        await wait;
        Assert.True(_failures.IsStored(_failure));
    }

    [Fact]
    public async Task Wait_ForADeliveryThatFails_IsOver()
    {
        var first = _failures.Begin([_failure]);
        var wait = _failures.WaitAsync(_failures.Begin([]), [_failure], Token);

        _failures.End(first, [_failure]);

        await wait;
        Assert.False(_failures.IsStored(_failure));
    }

    [Fact]
    public async Task Wait_ForManyThatDoNotEnd_TakesThirtySecondsTogether()
    {
        Guid[] all = [.. Enumerable.Range(0, 100).Select(static _ => Any.Id())];
        _failures.Begin(all);
        var wait = _failures.WaitAsync(_failures.Begin([]), all, Token);

        _time.Advance(TimeSpan.FromSeconds(29));
        Assert.False(wait.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(1));

        await wait;
    }

    [Fact]
    public async Task Wait_Stopped_IsCanceled()
    {
        using var stop = new CancellationTokenSource();
        _failures.Begin([_failure]);
        var wait = _failures.WaitAsync(_failures.Begin([]), [_failure], stop.Token);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);
    }

    [Fact]
    public void Delivery_ThatEndsWhileALaterOneHasTheSame_LeavesThatOne()
    {
        var first = _failures.Begin([_failure]);
        _failures.End(first, [_failure]);
        _failures.Begin([_failure]);

        _failures.End(first, [_failure]);

        Assert.True(_failures.IsUnderWay(long.MaxValue, _failure));
    }

    [Fact]
    public void Stored_TenThousandOfThem_AreKnownAndNoMore()
    {
        Guid[] all = [.. Enumerable.Range(0, 10_001).Select(static _ => Any.Id())];

        _failures.Stored(all);

        Assert.Equal([all[0]], all.Where(id => !_failures.IsStored(id)));
    }
}
