using MemoryTriggers.Problems;
using MemoryTriggers.TestKit;

namespace MemoryTriggers.Delivery.Sampling;

public sealed class OperationRatesTests : IDisposable
{
    private static readonly OperationName Order = new("shop", "place order");
    private readonly TemporaryDirectory _directory = new();
    private readonly ManualTimeProvider _time = new();
    private readonly CollectingLoggers _loggers = new(out _);

    private string FilePath => _directory.File(OperationRates.FileName);

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Execution_DeliveredAgain_AfterARestart_IsCountedOnce()
    {
        var execution = Execution();
        using (var rates = Rates()) Assert.True(rates.TryAdd([execution], []));

        using var again = Rates();
        Assert.True(again.TryAdd([execution, Execution()], []));

        Assert.Equal(2, Assert.Single(again.Read(DateTimeOffset.UnixEpoch, "shop")).Executions);
        Assert.Empty(again.Read(DateTimeOffset.UnixEpoch, "other"));
    }

    [Fact]
    public void Processes_OfOneFolder_CountTogether()
    {
        using var one = Rates();
        using var other = Rates();

        Parallel.For(0, 20, number => Assert.True((number % 2 == 0 ? one : other).TryAdd([Execution()], [])));

        Assert.Equal(20, Assert.Single(one.Read(DateTimeOffset.UnixEpoch, null)).Executions);
    }

    [Theory]
    [InlineData("this is no database, and long enough to be taken for the header of one")]
    [InlineData("")]
    public void DamagedFile_IsSetAside_AndCountingGoesOn(string content)
    {
        File.WriteAllText(FilePath, content);
        using var rates = Rates();

        Assert.True(rates.TryAdd([Execution()], []));

        Assert.Null(rates.Problem);
        Assert.Single(rates.Read(DateTimeOffset.UnixEpoch, null));
    }

    [Fact]
    public void Rates_OlderThanNinetyDays_AreForgotten()
    {
        using var rates = Rates();
        rates.TryAdd([Execution()], []);
        _time.Advance(TimeSpan.FromDays(91));

        rates.TryAdd([Execution()], []);

        Assert.Single(rates.Read(DateTimeOffset.UnixEpoch, null));
    }

    [Fact]
    public void History_OfRandomDurations_BoundsEachQuantileByNineteenPercent()
    {
        var random = new Random(17);
        var history = new DurationHistory();
        List<double> all = [.. Enumerable.Range(0, 5_000).Select(_ => Math.Pow(10, random.NextDouble() * 7))];
        all.ForEach(microseconds => history.Add(TimeSpan.FromMicroseconds(microseconds)));
        all.Sort();

        foreach (var share in new[] { 0.1, 0.5, 0.9, 0.95, 0.99 })
        {
            var exact = all[(int)Math.Ceiling(all.Count * share) - 1];
            var quantile = history.Quantile(share).TotalMicroseconds;
            Assert.InRange(quantile, exact * 0.999, Math.Max(exact * 1.26, exact + 2));
        }

        Assert.Equal(history.Quantile(0.5), new DurationHistory(history.ToBytes()).Quantile(0.5));
        Assert.Equal(0, new DurationHistory([1, 2, 3]).Total);
    }

    private OperationRates Rates() => new(_directory.Path, ProblemLog.At(_directory.Path, _time, _loggers.CreateLogger("problems")), _time, _loggers.CreateLogger("rates"));

    private CountedExecution Execution() =>
        new(Guid.NewGuid(), Order, _time.GetUtcNow(), TimeSpan.FromMilliseconds(7), IsFailure: false, IsRemembered: false);
}
