using MemoryTriggers.TestKit;

namespace MemoryTriggers.Delivery;

public sealed class DeliveryPaceTests
{
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public void Pace_Untuned_StaysAsConfigured()
    {
        var pace = new DeliveryPace(new DeliveryOptions { AutoTune = false, BatchSize = 70, Concurrency = 3 }, _time);

        for (var i = 0; i < 100; i++) pace.Stored(70, TimeSpan.FromSeconds(5));
        pace.Failed();

        Assert.Equal((70, 3), (pace.BatchSize, pace.Concurrency));
    }

    [Fact]
    public void BatchSize_ForASlowStore_ShrinksUntilABatchIsQuickEnough()
    {
        var pace = Tuned();

        Run(pace, operations: 40, static batch => TimeSpan.FromMilliseconds(10 * batch));

        Assert.InRange(pace.BatchSize, 16, 50);
    }

    [Fact]
    public void BatchSize_WhenTheStoreIsQuickAgain_GrowsBackToTheConfigured()
    {
        var pace = Tuned();
        Run(pace, operations: 40, static batch => TimeSpan.FromMilliseconds(10 * batch));

        Run(pace, operations: 40, static _ => TimeSpan.FromMilliseconds(5));

        Assert.Equal(500, pace.BatchSize);
    }

    [Fact]
    public void Concurrency_WhereMoreAtOnceIsFaster_RisesToTheConfigured()
    {
        var pace = Tuned();

        // A store far away: the time of a batch does not depend on how many others are under way.
        Run(pace, operations: 400, static _ => TimeSpan.FromMilliseconds(150));

        Assert.Equal(8, pace.Concurrency);
    }

    [Fact]
    public void Concurrency_WhereOneWriterIsAllThereIs_ReturnsToOne()
    {
        var pace = Tuned();
        var seen = new List<int>();

        for (var i = 0; i < 400; i++)
        {
            // As SQLite: batches at once wait for each other.
            pace.Stored(pace.BatchSize, TimeSpan.FromMilliseconds(40 * pace.Concurrency));
            _time.Advance(TimeSpan.FromMilliseconds(40));
            seen.Add(pace.Concurrency);
        }

        Assert.InRange(seen.Max(), 1, 2);
        Assert.True(seen.Count(static concurrency => concurrency == 1) > seen.Count * 3 / 4);
    }

    [Fact]
    public void Concurrency_AfterAnOutage_IsHalved()
    {
        var pace = Tuned();
        Run(pace, operations: 400, static _ => TimeSpan.FromMilliseconds(150));

        pace.Failed();

        Assert.Equal(4, pace.Concurrency);
    }

    [Fact]
    public void Concurrency_WhileTheStoreIsIdle_IsNotTried()
    {
        var pace = Tuned();

        for (var i = 0; i < 400; i++) pace.Stored(3, TimeSpan.FromMilliseconds(2));

        Assert.Equal(1, pace.Concurrency);
    }

    [Fact]
    public void BatchSize_WithARate_IsNeverMoreThanMayPassInASecond()
    {
        var options = new DeliveryOptions { BatchSize = 500, OperationsPerSecond = 50, AutoTune = false };
        var pace = new DeliveryPace(options, _time);

        Assert.Equal(50, pace.BatchSize);
        options.OperationsPerSecond = 0;
        Assert.Equal(500, pace.BatchSize);
    }

    private DeliveryPace Tuned() => new(new DeliveryOptions { AutoTune = true, BatchSize = 500, Concurrency = 8 }, _time);

    // With several at once, as many batches end in the time that one takes.
    private void Run(DeliveryPace pace, int operations, Func<int, TimeSpan> latency)
    {
        for (var i = 0; i < operations; i++)
        {
            var took = latency(pace.BatchSize);
            _time.Advance(took / pace.Concurrency);
            pace.Stored(pace.BatchSize, took);
        }
    }
}
