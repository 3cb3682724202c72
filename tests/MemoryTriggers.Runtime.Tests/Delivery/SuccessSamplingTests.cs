using MemoryTriggers.Capture;
using MemoryTriggers.Delivery.Sampling;
using MemoryTriggers.Problems;
using MemoryTriggers.TestKit;

namespace MemoryTriggers.Delivery;

/// <summary>What a broad trigger remembers: failures, slow ones and a sample. The rest is counted.</summary>
public sealed class SuccessSamplingTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly ManualTimeProvider _time = new();
    private readonly CollectingLoggers _loggers = new(out _);
    private readonly DeliveryOptions _options = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Successes_OfAnHour_AreOneSampleAndACount()
    {
        using var rates = Rates();
        var sampling = new SuccessSampling(rates, _options);

        var kept = sampling.Select([.. Enumerable.Range(0, 50).Select(_ => Record())]);

        Assert.Contains(SuccessSampling.SampleTag, Assert.Single(kept).Entry.Tags);
        var rate = Assert.Single(rates.Read(_time.GetUtcNow().AddHours(-2), null));
        Assert.Equal((50, 0, 1), (rate.Executions, rate.Failures, rate.Remembered));
        Assert.Equal(TimeSpan.FromMilliseconds(50 * 5), rate.Total);
        Assert.Equal(TimeSpan.FromMilliseconds(5), rate.Longest);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(3, 3)]
    public void Samples_AreAsManyAsConfigured_EachHour(int samples, int expected)
    {
        _options.SamplesPerHour = samples;
        using var rates = Rates();
        var sampling = new SuccessSampling(rates, _options);

        for (var hour = 0; hour < 2; hour++)
        {
            Assert.Equal(expected, sampling.Select([.. Enumerable.Range(0, 9).Select(_ => Record())]).Count);
            _time.Advance(TimeSpan.FromHours(1));
        }

        Assert.Equal([9L, 9L], rates.Read(DateTimeOffset.UnixEpoch, null).Select(static rate => rate.Executions));
    }

    [Fact]
    public void Failure_AndTheSuccessAfterIt_AreRemembered()
    {
        using var rates = Rates();
        var sampling = new SuccessSampling(rates, _options);
        sampling.Select([Record()]);

        var kept = sampling.Select([Record(), Record(TriggerOutcome.Failure), Record(), Record(), Record(TriggerOutcome.Canceled)]);

        Assert.Equal([TriggerOutcome.Failure, TriggerOutcome.Success], kept.Select(static record => record.Entry.Outcome));
        Assert.Equal(1, Assert.Single(rates.Read(DateTimeOffset.UnixEpoch, null)).Failures);
    }

    [Theory]
    [InlineData(TriggerOutcome.Canceled)]
    [InlineData(TriggerOutcome.Abandoned)]
    public void Execution_ThatItsCallerCutShort_IsCountedAndIsNoFailure(TriggerOutcome outcome)
    {
        _options.SamplesPerHour = 0;
        using var rates = Rates();
        var sampling = new SuccessSampling(rates, _options);

        var kept = sampling.Select([Record(outcome), Record()]);

        Assert.Empty(kept);
        var rate = Assert.Single(rates.Read(DateTimeOffset.UnixEpoch, null));
        Assert.Equal((2, 0, 0), (rate.Executions, rate.Failures, rate.Remembered));
    }

    [Fact]
    public void SlowSuccess_ByTheOperationsOwnHistory_IsRemembered_AlsoAfterARestart()
    {
        using (var rates = Rates())
        {
            var sampling = new SuccessSampling(rates, _options);
            Assert.DoesNotContain(sampling.Select([.. Enumerable.Range(0, 29).Select(_ => Record()), Record(milliseconds: 900)]),
                static record => record.Entry.Tags.Contains(SuccessSampling.SlowTag));
        }

        using var reopened = Rates();
        var again = new SuccessSampling(reopened, _options);
        var kept = again.Select([Record(), Record(milliseconds: 900), Record("other", 900), Record(milliseconds: 6)]);

        Assert.Equal(["slow", "sample", "sample"], kept.Select(static record => record.Entry.Tags[^1]).OrderDescending());
        Assert.Equal(TimeSpan.FromMilliseconds(900),
            kept.Single(static record => record.Entry.Tags[^1] == "slow").Entry.Duration);
    }

    [Fact]
    public void SlowSuccesses_OfAnHour_AreBounded()
    {
        using var rates = Rates();
        var sampling = new SuccessSampling(rates, _options);
        sampling.Select([.. Enumerable.Range(0, 5_000).Select(_ => Record())]);

        Assert.Equal(20, sampling.Select([.. Enumerable.Range(0, 100).Select(_ => Record(milliseconds: 900))]).Count);
    }

    [Fact]
    public void Success_AroundAMemory_IsRemembered_SoThatNoParentIsMissing()
    {
        using var rates = Rates();
        var sampling = new SuccessSampling(rates, _options);
        sampling.Select([Record("outer"), Record("inner")]);
        var (outer, inner) = (Record("outer"), Record("inner"));
        inner = inner with { Entry = inner.Entry with { ParentId = outer.Entry.Id } };
        var failed = Record("failed", outcome: TriggerOutcome.Failure);
        failed = failed with { Entry = failed.Entry with { ParentId = inner.Entry.Id } };

        var kept = sampling.Select([failed]).Concat(sampling.Select([inner])).Concat(sampling.Select([Record("outer"), outer]));

        Assert.Equal([failed.Entry.Id, inner.Entry.Id, outer.Entry.Id], kept.Select(static record => record.Entry.Id));
    }

    [Fact]
    public void Trigger_ThatRemembersEach_IsLeftAlone()
    {
        using var rates = Rates();
        var records = Enumerable.Range(0, 10).Select(_ => Record() with { Definition = Definition(each: true) }).ToList();

        Assert.Same(records, new SuccessSampling(rates, _options).Select(records));
        Assert.Empty(rates.Read(DateTimeOffset.UnixEpoch, null));
    }

    [Fact]
    public void Counts_ThatCannotBeKept_AreMemoriesInstead()
    {
        using var rates = new OperationRates(_directory.File("no-such-folder"), ProblemLog.At(null, _time), _time, _loggers.CreateLogger("rates"));
        var sampling = new SuccessSampling(rates, _options);

        Assert.Equal(50, sampling.Select([.. Enumerable.Range(0, 50).Select(_ => Record())]).Count);
        Assert.Contains("cannot be counted", rates.Problem, StringComparison.Ordinal);
    }

    private OperationRates Rates() => new(_directory.Path, ProblemLog.At(_directory.Path, _time, _loggers.CreateLogger("problems")), _time, _loggers.CreateLogger("rates"));

    private PendingRecord Record(TriggerOutcome outcome) => Record("place order", 5, outcome);

    private PendingRecord Record(string key = "place order", double milliseconds = 5, TriggerOutcome outcome = TriggerOutcome.Success) =>
        new(new byte[CaptureHead.Size], Any.Entry() with
        {
            Id = Guid.NewGuid(),
            Key = key,
            Tags = [],
            Outcome = outcome,
            CreatedAt = _time.GetUtcNow(),
            Duration = TimeSpan.FromMilliseconds(milliseconds),
        }, Definition(each: false));

    private static TriggerDefinition Definition(bool each) =>
        new() { Type = TriggerType.WorkflowCompletion, Operation = "place order", RememberEach = each };
}
