using MemoryTriggers.TestKit;
using MemoryTriggers.Vectors;

namespace MemoryTriggers.Tests.Vectors;

public sealed class VectorBackendTests : IDisposable
{
    private static readonly MemoryQuery All = new() { AllProjects = true };
    private readonly TemporaryDirectory _directory = new();
    private readonly ManualTimeProvider _time = new();
    private readonly InMemoryMemoryBackend _store = new();
    private readonly CollectingLoggers _logger = new(out _);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Search_OtherWordsOfTheSameMeaning_AreFoundAndExplained()
    {
        var generator = new ConceptGenerator();
        await using var backend = await OpenAsync(generator);
        var car = Any.Entry("My automobile broke down");
        await backend.StoreAsync([car, Any.Entry("The puppy sleeps")], Token);
        await backend.Indexing.WhenIdleAsync();

        var hit = Assert.Single(await backend.SearchAsync("repair of the engine", All, Token));
        var compact = Assert.Single(await backend.SearchCompactAsync("repair of the engine", All, Token));

        Assert.Equal(car.Id, hit.Entry.Id);
        Assert.Equal(car.Id, compact.Id);
        Assert.Equal((null, 1), (hit.Explanation.WordRank, hit.Explanation.MeaningRank));
        Assert.Equal(1, hit.Explanation.Similarity!.Value, 5);
        Assert.Contains("number 1 by meaning", hit.Explanation.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Search_FoundByBoth_ComesBeforeWhatOneFinds()
    {
        await using var backend = await OpenAsync(new ConceptGenerator());
        var both = Any.Entry("the dog was wet");
        await backend.StoreAsync([both, Any.Entry("wet paint on the wall"), Any.Entry("a terrier barks")], Token);
        await backend.Indexing.WhenIdleAsync();

        var hits = await backend.SearchAsync("wet dog", All, Token);

        Assert.Equal(3, hits.Count);
        Assert.Equal(both.Id, hits[0].Entry.Id);
        Assert.Equal((1, 2), (hits[0].Explanation.WordRank, hits[0].Explanation.MeaningRank));
        Assert.Equal(1 / 61.0 + 1 / 62.0, hits[0].Score, 9);
        Assert.Equal(["wet", "dog"], hits[0].MatchedWords);
    }

    [Fact]
    public async Task Search_Filters_HoldForMeaningsToo()
    {
        await using var backend = await OpenAsync(new ConceptGenerator());
        var wanted = Any.Entry("a payment") with { Category = "wanted", Project = "bank", CreatedAt = Any.Time.AddDays(1) };
        await backend.StoreAsync([.. Enumerable.Range(0, 300).Select(_ => Any.Entry("an invoice")), wanted], Token);
        await backend.Indexing.WhenIdleAsync();

        var byCategory = await backend.SearchAsync("bill", All with { Category = "wanted" }, Token);
        var byProject = await backend.SearchAsync("bill", new MemoryQuery { Project = "bank" }, Token);
        var byTime = await backend.SearchAsync("bill", All with { Since = wanted.CreatedAt }, Token);
        var nowhere = await backend.SearchAsync("bill", new MemoryQuery { Project = "unknown one" }, Token);

        Assert.All([byCategory, byProject, byTime], hits => Assert.Equal(wanted.Id, Assert.Single(hits).Entry.Id));
        Assert.Empty(nowhere);
    }

    [Fact]
    public async Task Search_Paging_ContinuesTheSameOrder()
    {
        await using var backend = await OpenAsync(new ConceptGenerator());
        await backend.StoreAsync([.. Enumerable.Range(0, 80).Select(number => Any.Entry($"storm {number}"))], Token);
        await backend.Indexing.WhenIdleAsync();

        var all = await backend.SearchAsync("bad weather", All with { Limit = 80 }, Token);
        var page = await backend.SearchAsync("bad weather", All with { Offset = 60, Limit = 10 }, Token);

        Assert.Equal(80, all.Count);
        Assert.Equal(all.Skip(60).Take(10).Select(hit => hit.Entry.Id), page.Select(hit => hit.Entry.Id));
    }

    [Fact]
    public async Task Store_ChangedOrDeleted_ChangesTheVector()
    {
        var generator = new ConceptGenerator();
        await using var backend = await OpenAsync(generator);
        var (changed, deleted) = (Any.Entry("a puppy"), Any.Entry("a terrier"));
        await backend.StoreAsync([changed, deleted], Token);
        await backend.Indexing.WhenIdleAsync();

        await backend.ChangeAsync(changed.Id, entry => [entry! with { Content = "a storm" }], Token);
        await backend.DeleteAsync(deleted.Id, Token);
        await backend.Indexing.WhenIdleAsync();

        Assert.Empty(await backend.SearchAsync("dog", All, Token));
        Assert.Equal(changed.Id, Assert.Single(await backend.SearchAsync("weather", All, Token)).Entry.Id);
        Assert.Equal(1, backend.Matrix.Count);
    }

    [Fact]
    public async Task Store_SameTextAgain_IsNotEmbeddedAgain()
    {
        var generator = new ConceptGenerator();
        await using var backend = await OpenAsync(generator);
        var entry = Any.Entry("a puppy");
        await backend.StoreAsync([entry], Token);
        await backend.Indexing.WhenIdleAsync();

        await backend.StoreAsync([entry with { Occurrences = 2 }], Token);
        await backend.Indexing.WhenIdleAsync();

        Assert.Equal("a puppy", Assert.Single(generator.Asked));
    }

    [Fact]
    public async Task DeleteMany_Vectors_GoWithTheirMemories()
    {
        await using var backend = await OpenAsync(new ConceptGenerator());
        await backend.StoreAsync([.. Enumerable.Range(0, 2_000).Select(_ => Any.Entry("rain")), Any.Entry("a dog") with { Category = "kept" }], Token);
        await backend.Indexing.WhenIdleAsync();

        await backend.DeleteManyAsync(All with { Category = MemoryCategories.Project }, Token);
        await backend.Indexing.WhenIdleAsync();

        Assert.Equal(1, backend.Matrix.Count);
        Assert.Single(await backend.SearchAsync("puppy", All, Token));
    }

    [Fact]
    public async Task Open_SameModel_KeepsVectorsAndMakesTheMissing()
    {
        await using (var first = await OpenAsync(new ConceptGenerator()))
        {
            await first.StoreAsync([Any.Entry("a puppy")], Token);
            await first.Indexing.WhenIdleAsync();
        }

        var generator = new ConceptGenerator();
        await _store.StoreAsync([Any.Entry("a storm")], Token);
        await using var second = await OpenAsync(generator);
        await second.Indexing.WhenIdleAsync();

        Assert.Equal("a storm", Assert.Single(generator.Asked));
        Assert.Equal(2, second.Matrix.Count);
    }

    [Fact]
    public async Task Open_OtherModel_MakesAllAnew()
    {
        await using (var first = await OpenAsync(new ConceptGenerator()))
        {
            await first.StoreAsync([Any.Entry("a puppy"), Any.Entry("a storm")], Token);
            await first.Indexing.WhenIdleAsync();
        }

        var generator = new ConceptGenerator("concepts-2");
        await using var second = await OpenAsync(generator);
        await second.Indexing.WhenIdleAsync();

        Assert.Equal(2, generator.Asked.Count);
        Assert.Contains(_logger.Lines, line => line.Contains("computed again", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Open_DamagedFile_IsBegunAnew()
    {
        await File.WriteAllTextAsync(Path.Combine(_directory.Path, "vectors.db"), new string('x', 10_000), Token);
        await _store.StoreAsync([Any.Entry("a puppy")], Token);

        await using var backend = await OpenAsync(new ConceptGenerator());
        await backend.Indexing.WhenIdleAsync();

        Assert.Single(await backend.SearchAsync("dog", All, Token));
    }

    [Fact]
    public async Task Search_GeneratorFails_WordsAnswer()
    {
        var generator = new ConceptGenerator { Failure = static text => text.Contains('?') ? new InvalidOperationException("away") : null };
        await using var backend = await OpenAsync(generator);
        await backend.StoreAsync([Any.Entry("a puppy")], Token);
        await backend.Indexing.WhenIdleAsync();

        Assert.Empty(await backend.SearchAsync("dog?", All, Token));
        Assert.Single(await backend.SearchAsync("puppy?", All, Token));
        Assert.Equal(2, _logger.Warnings.Count);
    }

    [Fact]
    public async Task Indexing_GeneratorFailsForAWhile_TriesAgainAndStoringGoesOn()
    {
        var isAway = true;
        var generator = new ConceptGenerator { Failure = _ => Volatile.Read(ref isAway) ? new InvalidOperationException("away") : null };
        await using var backend = await OpenAsync(generator);
        await backend.StoreAsync([Any.Entry("a puppy")], Token);
        Assert.Single(await backend.SearchAsync("puppy", All, Token));

        Volatile.Write(ref isAway, false);
        var idle = backend.Indexing.WhenIdleAsync();
        while (!idle.IsCompleted)
        {
            _time.Advance(TimeSpan.FromSeconds(5));
            await Task.Yield();
        }

        Assert.Single(await backend.SearchAsync("dog", All, Token));
    }

    public void Dispose()
    {
        _logger.Dispose();
        _directory.Dispose();
    }

    // The store outlives the backend around it.
    private async Task<VectorBackend> OpenAsync(ConceptGenerator generator)
    {
        var options = new VectorOptions();
        var backend = new VectorBackend(new Kept(_store), new Embedder(generator, options), options, _directory.Path, _time, _logger);
        await backend.InitializeAsync(Token);
        return backend;
    }

    private sealed class Kept(IMemoryBackend inner) : DelegatingMemoryBackend(inner)
    {
        public override ValueTask DisposeAsync() => default;
    }
}
