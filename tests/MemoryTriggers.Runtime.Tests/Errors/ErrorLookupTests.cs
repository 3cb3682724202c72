using MemoryTriggers.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace MemoryTriggers.Errors;

/// <summary>Errors that only the store knows, and a program that does not wait for it.</summary>
public sealed class ErrorLookupTests
{
    private readonly InMemoryMemoryBackend _store = new();
    private readonly ManualTimeProvider _time = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Recall_OfAnErrorThatAnotherProcessHasSeen_AsksTheStore()
    {
        await RememberAsync();
        var recall = Recall(_store, TimeSpan.FromSeconds(10));

        var known = recall.Recall(Thrown(), "shop");

        Assert.Equal(1, known!.Occurrences);
        Assert.Equal("The pool is larger", Assert.Single(known.Resolutions).Line);
        Assert.Equal((1, 0, 0), recall.Statistics);
    }

    [Fact(Timeout = 60_000)]
    public async Task Recall_OfAStoreThatHangs_IsAbandonedAndKnownTheNextTime()
    {
        await RememberAsync();
        var hanging = new HangingStore(_store);
        var recall = Recall(hanging, TimeSpan.FromMilliseconds(1));

        Assert.Null(recall.Recall(Thrown(), "shop"));
        Assert.Null(recall.Recall(Thrown(), "shop"));
        Assert.Equal((0, 1, 0), recall.Statistics);
        hanging.Answer();

        RecalledError? known;
        while ((known = recall.Recall(Thrown(), "shop")) is null) await Task.Yield();
        Assert.Equal(1, known.Occurrences);
        Assert.Equal(1, hanging.Questions);
    }

    [Fact]
    public void Recall_OfAnUnknownError_AsksOnceAMinute()
    {
        var hanging = new HangingStore(_store);
        hanging.Answer();
        var recall = Recall(hanging, TimeSpan.FromSeconds(10));

        for (var number = 0; number < 5; number++) Assert.Null(recall.Recall(Thrown(), "shop"));
        Assert.Equal(1, hanging.Questions);
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(recall.Recall(Thrown(), "shop"));

        Assert.Equal(2, hanging.Questions);
    }

    [Fact]
    public void Recall_WithoutABudget_AsksNoStore()
    {
        var hanging = new HangingStore(_store);

        Assert.Null(Recall(hanging, TimeSpan.Zero).Recall(Thrown(), "shop"));

        Assert.Equal(0, hanging.Questions);
    }

    [Fact]
    public void Recall_OfAStoreThatIsAway_KnowsNothingAndHarmsNobody()
    {
        var recall = Recall(new UnsteadyBackend("away") { IsAway = true }, TimeSpan.FromSeconds(10));

        Assert.Null(recall.Recall(Thrown(), "shop"));

        Assert.Equal((0, 0, 0), recall.Statistics);
    }

    private static InvalidOperationException Thrown() => new("no connection is free");

    private ErrorRecall Recall(IMemoryBackend store, TimeSpan budget)
    {
        var options = new AutoRecallOptions { Budget = budget };
        var index = new ErrorIndex(options);
        return new ErrorRecall(index, NullLogger.Instance, new ErrorLookup(store, index, options, _time));
    }

    private async Task RememberAsync()
    {
        var error = ErrorFingerprint.Of(Thrown());
        await _store.StoreAsync(
            [
                Any.Entry() with { Outcome = TriggerOutcome.Failure, Tags = [error.ErrorTag] },
                Any.Entry() with { Outcome = TriggerOutcome.Success, Tags = ["resolution", error.ResolutionTag], Content = "The pool is larger" },
            ],
            Token);
    }

    /// <summary>A store that does not answer questions until it is told to.</summary>
    private sealed class HangingStore(IMemoryBackend inner) : DelegatingMemoryBackend(inner)
    {
        private readonly TaskCompletionSource _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _questions;

        public int Questions => Volatile.Read(ref _questions);

        public void Answer() => _answer.SetResult();

        public override async ValueTask<IReadOnlyList<MemoryEntry>> QueryAsync(MemoryQuery query, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _questions);
            await _answer.Task.WaitAsync(cancellationToken);
            return await base.QueryAsync(query, cancellationToken);
        }
    }
}
