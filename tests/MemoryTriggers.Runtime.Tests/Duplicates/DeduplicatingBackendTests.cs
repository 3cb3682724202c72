using MemoryTriggers.Duplicates;
using MemoryTriggers.TestKit;
using MemoryTriggers.Problems;

namespace MemoryTriggers.Runtime.Tests.Memories;

public sealed class DeduplicatingBackendTests : IAsyncDisposable
{
    private static readonly MemoryQuery All = new() { AllProjects = true, Limit = 1_000 };
    private readonly TemporaryDirectory _folder = new();
    private readonly ManualTimeProvider _time = new();
    private readonly InMemoryMemoryBackend _store = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Store_ExactRepeats_AreCountedInTheFirst()
    {
        var backend = Create();
        var (first, second, third) = (Failure(), Failure(), Failure());

        await backend.StoreAsync([first, second], Token);
        await backend.StoreAsync([third, Any.Entry("something else")], Token);

        var stored = await _store.GetAsync(first.Id, Token);
        Assert.Equal((3, third.CreatedAt), (stored!.Occurrences, stored.LastSeenAt));
        Assert.Equal(2, await _store.CountAsync(All, Token));
    }

    [Fact]
    public async Task Store_SameOfTwoUsers_IsNoRepeat()
    {
        var backend = Create();
        var (ann, bob) = (Failure() with { Provenance = new() { UserId = "ann" } }, Failure() with { Provenance = new() { UserId = "bob" } });

        await backend.StoreAsync([ann, bob, Failure()], Token);

        Assert.Equal(3, await _store.CountAsync(All, Token));
    }

    [Fact]
    public async Task Store_DeliveredAgain_CountsNothingTwice()
    {
        var (first, second, third) = (Failure(), Failure(), Failure());
        var backend = Create();
        await backend.StoreAsync([first, second], Token);
        await backend.StoreAsync([first, second], Token);
        await backend.StoreAsync([third], Token);

        // Another process, over the same folder, that does not know what this one acknowledged.
        var again = Create();
        await again.StoreAsync([first, second], Token);
        await again.StoreAsync([third, second], Token);

        Assert.Equal(3, Assert.Single(await _store.QueryAsync(All, Token)).Occurrences);
    }

    [Fact]
    public async Task Store_StoreFailedAfterTheNote_CountsOnce()
    {
        var unsteady = new UnsteadyBackend("store");
        await using var backend = new DeduplicatingBackend(unsteady, Options(), null, ProblemLog.At(null, _time), _time);
        var (first, second) = (Failure(), Failure());
        await backend.StoreAsync([first], Token);
        unsteady.IsAway = true;

        await Assert.ThrowsAsync<MemoryBackendException>(async () => await backend.StoreAsync([second], Token));
        (unsteady.IsAway, unsteady.LosesReplies) = (false, true);
        await Assert.ThrowsAsync<MemoryBackendException>(async () => await backend.StoreAsync([second], Token));
        unsteady.LosesReplies = false;
        await backend.StoreAsync([second], Token);

        Assert.Equal(2, Assert.Single(await unsteady.QueryAsync(All, Token)).Occurrences);
    }

    [Fact]
    public async Task Store_AfterTheWindow_IsAMemoryOfItsOwn()
    {
        var backend = Create();
        var first = Failure();
        var inside = Failure() with { CreatedAt = first.CreatedAt + TimeSpan.FromMinutes(5) - TimeSpan.FromTicks(1) };
        var outside = Failure() with { CreatedAt = first.CreatedAt + TimeSpan.FromMinutes(5) };

        await backend.StoreAsync([first, inside, outside, Failure() with { CreatedAt = outside.CreatedAt.AddSeconds(1) }], Token);

        Assert.Equal([2, 2], (await _store.QueryAsync(All, Token)).Select(static entry => entry.Occurrences));
    }

    [Theory]
    [InlineData("project")]
    [InlineData("category")]
    [InlineData("key")]
    [InlineData("content")]
    [InlineData("value")]
    [InlineData("tags")]
    [InlineData("entity type")]
    [InlineData("entity")]
    [InlineData("source")]
    [InlineData("type")]
    [InlineData("outcome")]
    public async Task Store_OneThingDiffers_IsNoRepeat(string what)
    {
        var other = what switch
        {
            "project" => Failure() with { Project = "x" },
            "category" => Failure() with { Category = "x" },
            "key" => Failure() with { Key = "x" },
            "content" => Failure() with { Content = "x" },
            "value" => Failure() with { Value = System.Text.Json.JsonElement.Parse("[1]") },
            "tags" => Failure() with { Tags = ["x"] },
            "entity type" => Failure() with { EntityType = "x" },
            "entity" => Failure() with { EntityId = "x" },
            "source" => Failure() with { Source = "x" },
            "type" => Failure() with { TriggerType = TriggerType.DecisionPoint },
            _ => Failure() with { Outcome = TriggerOutcome.Canceled },
        };

        await Create().StoreAsync([Failure(), other], Token);

        Assert.Equal([1, 1], (await _store.QueryAsync(All, Token)).Select(static entry => entry.Occurrences));
    }

    [Fact]
    public async Task Store_OnlyTheDurationDiffers_IsARepeat()
    {
        var one = Any.Entry("Workflow 'push' completed successful in 81.2ms") with { Duration = TimeSpan.FromMilliseconds(81.2), TraceId = "1" };
        var two = Any.Entry("Workflow 'push' completed successful in 9.0ms") with { Duration = TimeSpan.FromMilliseconds(9), TraceId = "2" };

        await Create().StoreAsync([one, two], Token);

        Assert.Equal(2, Assert.Single(await _store.QueryAsync(All, Token)).Occurrences);
    }

    [Fact]
    public async Task Store_FirstDeleted_RepeatsBeginAnew()
    {
        var backend = Create();
        var first = Failure();
        await backend.StoreAsync([first, Failure()], Token);
        await backend.DeleteAsync(first.Id, Token);
        var (third, fourth) = (Failure(), Failure());

        await backend.StoreAsync([third, fourth], Token);
        await backend.StoreAsync([Failure()], Token);

        var stored = Assert.Single(await _store.QueryAsync(All, Token));
        Assert.Equal((third.Id, 3), (stored.Id, stored.Occurrences));
    }

    [Fact]
    public async Task Store_CorrectionOfARepeat_IsStored()
    {
        var backend = Create();
        var (first, second) = (Failure(), Failure());
        await backend.StoreAsync([first, second], Token);

        await backend.StoreAsync([second with { Outcome = TriggerOutcome.Success, Content = "It was none" }], Token);

        Assert.Equal("It was none", (await _store.GetAsync(second.Id, Token))!.Content);
    }

    [Fact]
    public async Task Store_Pruned_KeepsTheCount()
    {
        var backend = Create();
        var first = Failure();
        await backend.StoreAsync([first, Failure(), Failure()], Token);
        _time.Advance(TimeSpan.FromDays(3));
        await backend.StoreAsync([Any.Entry("other")], Token);

        await backend.StoreAsync([first], Token);

        Assert.Equal(3, (await _store.GetAsync(first.Id, Token))!.Occurrences);
    }

    [Fact]
    public async Task Store_Concurrently_CountsAll()
    {
        var backend = Create();

        await Parallel.ForAsync(0, 200, Token, async (_, token) => await backend.StoreAsync([Failure(), Failure()], token));

        Assert.Equal(400, Assert.Single(await _store.QueryAsync(All, Token)).Occurrences);
    }

    [Fact]
    public async Task Store_SimilarLines_AreLinkedAndKept()
    {
        await using var backend = new DeduplicatingBackend(_store, new DuplicateOptions { Similarity = 0.6 }, null, ProblemLog.At(null, _time), _time);
        var first = Any.Entry("Could not connect to db-1 after 3 attempts: connection refused");
        var close = Any.Entry("Could not connect to db-1 after 5 attempts: connection refused");
        var far = Any.Entry("The report was printed in time");
        var elsewhere = close with { Id = Any.Entry().Id, Key = "other" };

        await backend.StoreAsync([first, close, far, elsewhere], Token);

        Assert.Equal(first.Id, (await _store.GetAsync(close.Id, Token))!.SimilarTo);
        Assert.Null((await _store.GetAsync(first.Id, Token))!.SimilarTo);
        Assert.Null((await _store.GetAsync(far.Id, Token))!.SimilarTo);
        Assert.Null((await _store.GetAsync(elsewhere.Id, Token))!.SimilarTo);
        Assert.Equal(4, await _store.CountAsync(All, Token));
    }

    [Fact]
    public async Task Store_MoreThanAreTracked_TheOldestIsForgotten()
    {
        await using var backend = new DeduplicatingBackend(_store, new DuplicateOptions { Window = TimeSpan.FromMinutes(5), MaxTracked = 100 }, null, ProblemLog.At(null, _time), _time);
        await backend.StoreAsync([Failure(), .. Enumerable.Range(0, 100).Select(static number => Any.Entry($"{number}"))], Token);

        await backend.StoreAsync([Failure(), Any.Entry("50")], Token);

        Assert.Equal(102, await _store.CountAsync(All, Token));
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        _folder.Dispose();
    }

    private static DuplicateOptions Options() => new() { Window = TimeSpan.FromMinutes(5) };

    private static MemoryEntry Failure() => Any.Entry("The database refused the connection") with { Outcome = TriggerOutcome.Failure };

    private DeduplicatingBackend Create()
    {
        return new DeduplicatingBackend(_store, Options(), Path.Combine(_folder.Path, "repeats.db"), ProblemLog.At(null, _time), _time);
    }
}
