using MemoryTriggers.Backends.Cache;
using MemoryTriggers.TestKit;

namespace MemoryTriggers.Backends;

public sealed class CachingBackendTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly CountingReads _store = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Get_Again_ComesFromTheCacheAndIsCounted()
    {
        var cache = Cache();
        var entry = await StoredAsync(cache);

        Assert.Equal(entry.Id, (await cache.GetAsync(entry.Id, Token))?.Id);
        Assert.Equal(entry.Id, (await cache.GetAsync(entry.Id, Token))?.Id);

        Assert.Equal((1, 1, 1), (_store.Reads, cache.Hits, cache.Misses));
    }

    [Fact]
    public async Task Get_OfWhatIsNotThere_IsNotKept()
    {
        var cache = Cache();
        var id = Any.Id();

        Assert.Null(await cache.GetAsync(id, Token));
        Assert.Null(await cache.GetAsync(id, Token));

        Assert.Equal(2, _store.Reads);
    }

    [Theory]
    [InlineData(5_000, 2)]
    [InlineData(50_000, 1)]
    public async Task Get_OfWhatHasTooManyBytes_IsNotKept(long bytes, int reads)
    {
        var cache = CachingBackend.Above(_store, new ReadCacheOptions { MaxBytes = bytes }, _time);
        var entry = Any.Entry(new string('x', 10_000));
        await cache.StoreAsync([entry], Token);

        await cache.GetAsync(entry.Id, Token);
        await cache.GetAsync(entry.Id, Token);

        Assert.Equal(reads, _store.Reads);
    }

    [Fact]
    public async Task Read_AfterItsTime_GoesToTheStore()
    {
        var cache = Cache();
        var entry = await StoredAsync(cache);
        await cache.GetAsync(entry.Id, Token);

        _time.Advance(TimeSpan.FromMinutes(2));
        await cache.GetAsync(entry.Id, Token);

        Assert.Equal(2, _store.Reads);
    }

    [Fact]
    public async Task Read_AfterTheMemoryWasWritten_SeesTheNewOne()
    {
        var cache = Cache();
        var entry = await StoredAsync(cache);
        await cache.GetAsync(entry.Id, Token);
        await cache.QueryAsync(new() { AllProjects = true }, Token);

        await cache.StoreAsync([entry with { Content = "new" }], Token);

        Assert.Equal("new", (await cache.GetAsync(entry.Id, Token))!.Content);
        Assert.Equal("new", (await cache.QueryAsync(new() { AllProjects = true }, Token))[0].Content);
    }

    [Fact]
    public async Task Read_AfterTheMemoryWasDeleted_DoesNotSeeIt()
    {
        var cache = Cache();
        var entry = await StoredAsync(cache);
        await cache.GetAsync(entry.Id, Token);
        Assert.Equal(1, await cache.CountAsync(new() { AllProjects = true }, Token));

        Assert.True(await cache.DeleteAsync(entry.Id, Token));

        Assert.Null(await cache.GetAsync(entry.Id, Token));
        Assert.Equal(0, await cache.CountAsync(new() { AllProjects = true }, Token));
    }

    [Fact]
    public async Task Read_UnderWayDuringAWrite_IsNotKept()
    {
        var cache = Cache();
        var entry = await StoredAsync(cache);
        var (reading, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        _store.AfterRead = async () =>
        {
            reading.SetResult();
            await goOn.Task;
        };

        var old = cache.GetAsync(entry.Id, Token).AsTask();
        await reading.Task;
        _store.AfterRead = null;
        await cache.StoreAsync([entry with { Content = "new" }], Token);
        goOn.SetResult();

        Assert.Equal(entry.Content, (await old)!.Content);
        Assert.Equal("new", (await cache.GetAsync(entry.Id, Token))!.Content);
    }

    [Fact]
    public async Task Read_ThatFailed_IsNotKept()
    {
        var cache = Cache();
        var entry = await StoredAsync(cache);
        _store.AfterRead = static () => throw new MemoryBackendException("store", "away", isTransient: true);
        await Assert.ThrowsAsync<MemoryBackendException>(async () => await cache.GetAsync(entry.Id, Token));
        _store.AfterRead = null;

        Assert.Equal(entry.Id, (await cache.GetAsync(entry.Id, Token))?.Id);
    }

    [Fact]
    public async Task Write_ThatFailed_ForgetsAllTheSame()
    {
        var cache = Cache();
        var entry = await StoredAsync(cache);
        await cache.GetAsync(entry.Id, Token);
        _store.AfterStore = static () => throw new MemoryBackendException("store", "the answer was lost", isTransient: true);

        await Assert.ThrowsAsync<MemoryBackendException>(async () => await cache.StoreAsync([entry with { Content = "new" }], Token));

        Assert.Equal("new", (await cache.GetAsync(entry.Id, Token))!.Content);
    }

    [Fact]
    public async Task Queries_AreToldApartByTagsTextAndLimits()
    {
        var cache = Cache();
        await StoredAsync(cache);
        MemoryQuery[] queries =
        [
            new() { AllTags = ["a", "b"] }, new() { AllTags = ["a,b"] }, new() { AnyTags = ["a", "b"] }, new() { Limit = 3 }, new() { AllProjects = true },
        ];

        foreach (var query in queries.Concat(queries)) await cache.QueryAsync(query, Token);
        await cache.SearchAsync("one", new(), Token);
        await cache.SearchAsync("two", new(), Token);
        await cache.QueryAsync(new() { AllTags = new List<string> { "a", "b" } }, Token);

        Assert.Equal(queries.Length + 2, _store.Reads);
    }

    [Fact]
    public async Task List_FromTheCache_CannotBeChanged()
    {
        var cache = Cache();
        await StoredAsync(cache);

        var list = await cache.QueryAsync(new() { AllProjects = true }, Token);

        Assert.Throws<NotSupportedException>(() => ((IList<MemoryEntry>)list).Clear());
    }

    [Fact]
    public async Task Cache_SwitchedOff_AsksTheStoreEachTime()
    {
        var cache = CachingBackend.Above(_store, new ReadCacheOptions { Enabled = false }, _time);
        var entry = await StoredAsync(cache);

        for (var i = 0; i < 3; i++) await cache.GetAsync(entry.Id, Token);

        Assert.Equal((3, 0), (_store.Reads, cache.Hits));
    }

    [Fact]
    public async Task Answer_LargerThanTheCache_IsGivenAndNotKept()
    {
        var cache = CachingBackend.Above(_store, new ReadCacheOptions { MaxEntries = 3 }, _time);
        await cache.StoreAsync(Any.Entries(5), Token);

        for (var i = 0; i < 2; i++) Assert.Equal(5, (await cache.QueryAsync(new() { AllProjects = true }, Token)).Count);

        Assert.Equal(2, _store.Reads);
    }

    [Fact]
    public async Task Workload_OfTheReference_IsAnsweredFromTheCacheInMoreThanSixtyPercent()
    {
        var cache = CachingBackend.Above(_store, new ReadCacheOptions { MaxEntries = 500 }, _time);
        var entries = Any.Entries(1_000);
        await cache.StoreAsync(entries, Token);
        var random = new Random(4711);

        // 80 % of the reads go to 20 % of the memories; one operation of twenty is a write.
        for (var i = 0; i < 20_000; i++)
        {
            var number = random.Next(10) < 8 ? random.Next(200) : 200 + random.Next(800);
            if (i % 20 == 0) await cache.StoreAsync([entries[number]], Token);
            else await cache.GetAsync(entries[number].Id, Token);
        }

        Assert.True(cache.Hits > 0.6 * (cache.Hits + cache.Misses), $"{cache.Hits} hits, {cache.Misses} misses");
    }

    [Fact]
    public async Task Read_AfterTheStoreToldOfAWriteElsewhere_SeesTheNewOne()
    {
        await using var cache = CachingBackend.Above(new StartedBackend(_store), new ReadCacheOptions(), _time);
        var entry = await StoredAsync(cache);
        var other = await StoredAsync(cache);
        await cache.GetAsync(entry.Id, Token);
        await cache.GetAsync(other.Id, Token);
        await cache.QueryAsync(new() { AllProjects = true, Key = entry.Key }, Token);
        await _store.StoreElsewhereAsync(entry with { Content = "new" }, Token);

        _store.Tell(entry.Id);
        var read = _store.Reads;

        Assert.Equal("new", (await cache.GetAsync(entry.Id, Token))!.Content);
        Assert.Contains(await cache.QueryAsync(new() { AllProjects = true, Key = entry.Key }, Token), static found => found.Content == "new");
        Assert.NotNull(await cache.GetAsync(other.Id, Token));
        Assert.Equal(read + 2, _store.Reads);
    }

    [Fact]
    public async Task Read_AfterTheStoreHeardNothingForAWhile_GoesToTheStore()
    {
        var cache = Cache();
        var entry = await StoredAsync(cache);
        await cache.GetAsync(entry.Id, Token);
        await _store.StoreElsewhereAsync(entry with { Content = "new" }, Token);

        _store.Tell(ids: null);

        Assert.Equal("new", (await cache.GetAsync(entry.Id, Token))!.Content);
    }

    [Fact]
    public async Task Dispose_OfAStoreThatTells_IsNotListenedToAnyMore()
    {
        var cache = Cache();
        Assert.True(_store.IsListenedTo);

        await cache.DisposeAsync();

        Assert.False(_store.IsListenedTo);
        _store.Tell(ids: null);
    }

    private static async Task<MemoryEntry> StoredAsync(CachingBackend cache)
    {
        var entry = Any.Entry();
        await cache.StoreAsync([entry], Token);
        return entry;
    }

    private CachingBackend Cache() => CachingBackend.Above(_store, new ReadCacheOptions(), _time);
}
