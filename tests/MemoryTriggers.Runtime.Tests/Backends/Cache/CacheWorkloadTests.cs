using MemoryTriggers.Backends.Cache;
using MemoryTriggers.TestKit;

namespace MemoryTriggers.Backends;

/// <summary>An answer is void when a write could have changed it, and stays otherwise.</summary>
public sealed class CacheWorkloadTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly CountingReads _store = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static MemoryQuery Shop => new() { Project = "shop" };

    [Fact]
    public async Task Searches_WhileOtherThingsAreWritten_AreAnsweredFromTheCache()
    {
        var cache = Cache();
        await cache.StoreAsync([Entry("the payment gateway refused the card")], Token);

        for (var i = 0; i < 50; i++)
        {
            await cache.SearchAsync("payment gateway", Shop, Token);
            await cache.StoreAsync([Entry($"the nightly import took {i} minutes")], Token);
        }

        Assert.Equal((49, 1), (cache.Hits, cache.Misses));
    }

    [Fact]
    public async Task Searches_AfterAMemoryWithOneOfTheirWords_SeeIt()
    {
        var cache = Cache();
        await cache.SearchAsync("payment gateway", Shop, Token);

        await cache.StoreAsync([Entry("payments are slow today")], Token);

        Assert.Single(await cache.SearchAsync("payment gateway", Shop, Token));
    }

    [Theory]
    [InlineData("another project")]
    [InlineData("another category")]
    [InlineData("another key")]
    [InlineData("before the time")]
    public async Task Query_AfterAWriteThatItDoesNotAskFor_ComesFromTheCache(string difference)
    {
        var cache = Cache();
        var entry = Entry("one");
        await cache.StoreAsync([entry], Token);
        var query = new MemoryQuery { Project = "shop", Category = entry.Category, Key = entry.Key, Since = entry.CreatedAt };
        await cache.QueryAsync(query, Token);
        var other = Entry("two") with { Key = entry.Key };

        await cache.StoreAsync(
            [
                difference switch
                {
                    "another project" => other with { Project = "other" },
                    "another category" => other with { Category = "other" },
                    "another key" => other with { Key = "other" },
                    _ => other with { CreatedAt = entry.CreatedAt.AddTicks(-1) },
                },
            ],
            Token);
        await cache.QueryAsync(query, Token);
        Assert.Equal(1, _store.Reads);

        await cache.StoreAsync([other with { Id = Any.Id() }], Token);
        Assert.Equal(2, (await cache.QueryAsync(query, Token)).Count);
    }

    [Fact]
    public async Task Query_AfterAMemoryInItHasMovedElsewhere_DoesNotShowIt()
    {
        var cache = Cache();
        var entry = Entry("one");
        await cache.StoreAsync([entry], Token);
        Assert.Single(await cache.QueryAsync(Shop, Token));
        Assert.Equal(1, await cache.CountAsync(Shop, Token));

        await cache.ChangeAsync(entry.Id, static current => [current! with { Project = "other" }], Token);

        Assert.Empty(await cache.QueryAsync(Shop, Token));
        Assert.Equal(0, await cache.CountAsync(Shop, Token));
    }

    [Fact]
    public async Task Query_AfterAMemoryInItWasStoredUnderAnotherProject_DoesNotShowIt()
    {
        var cache = Cache();
        var entry = Entry("one");
        await cache.StoreAsync([entry], Token);
        Assert.Single(await cache.QueryAsync(Shop, Token));

        await cache.StoreAsync([entry with { Project = "other" }], Token);

        Assert.Empty(await cache.QueryAsync(Shop, Token));
    }

    [Fact]
    public async Task Query_AfterAMemoryInItWasDeleted_DoesNotShowIt()
    {
        var cache = Cache();
        var entries = new[] { Entry("one"), Entry("two") };
        await cache.StoreAsync(entries, Token);
        Assert.Equal(2, (await cache.QueryAsync(Shop, Token)).Count);
        Assert.Equal(2, (await cache.GetManyAsync([.. entries.Select(static entry => entry.Id)], Token)).Count);

        await cache.DeleteAsync(entries[0].Id, Token);

        Assert.Equal("two", Assert.Single(await cache.QueryAsync(Shop, Token)).Content);
        Assert.Single(await cache.GetManyAsync([.. entries.Select(static entry => entry.Id)], Token));
    }

    [Fact]
    public async Task Query_OfALaterPage_AfterADeletionBeforeIt_IsReadAgain()
    {
        var cache = Cache();
        var entries = Enumerable.Range(0, 3).Select(static i => Entry($"number {i}") with { CreatedAt = DateTimeOffset.UnixEpoch.AddDays(i) }).ToList();
        await cache.StoreAsync(entries, Token);
        var second = Shop with { Limit = 1, Offset = 1 };
        Assert.Equal("number 1", (await cache.QueryAsync(second, Token))[0].Content);

        await cache.DeleteAsync(entries[2].Id, Token);

        Assert.Equal("number 0", (await cache.QueryAsync(second, Token))[0].Content);
    }

    [Fact]
    public async Task Answers_AfterMoreWritesThanAreRemembered_AreReadAgain()
    {
        var cache = Cache();
        await cache.CountAsync(Shop, Token);

        for (var i = 0; i <= RecentWrites.Capacity; i++) await cache.StoreAsync([Entry("x") with { Project = "other" }], Token);
        await cache.CountAsync(Shop, Token);

        Assert.Equal(2, _store.Reads);
    }

    [Fact]
    public async Task Search_OfAStoreThatFindsByMeaning_IsReadAgainAfterAnyWriteOfTheProject()
    {
        var writes = new RecentWrites();
        var cache = new CachingBackend(new WriteNotingBackend(_store, writes), new ReadCacheOptions(), writes, _time, findsByWords: false);
        await cache.SearchAsync("payment gateway", Shop, Token);

        await cache.StoreAsync([Entry("money does not arrive")], Token);
        await cache.SearchAsync("payment gateway", Shop, Token);
        await cache.StoreAsync([Entry("money does not arrive") with { Project = "other" }], Token);
        await cache.SearchAsync("payment gateway", Shop, Token);

        Assert.Equal(2, _store.Reads);
    }

    [Fact]
    public async Task Answers_ThatAreVoid_MakeRoomForOthers()
    {
        var cache = CachingBackend.Above(_store, new ReadCacheOptions { MaxEntries = 2 }, _time);
        var hot = Entry("hot") with { Project = "other" };
        await cache.StoreAsync([hot], Token);

        for (var i = 0; i < 20; i++)
        {
            await cache.GetAsync(hot.Id, Token);
            await cache.CountAsync(Shop, Token);
            await cache.StoreAsync([Entry("x")], Token);
        }

        Assert.Equal(19, cache.Hits);
    }

    private static MemoryEntry Entry(string content) => Any.Entry(content) with { Project = "shop" };

    private CachingBackend Cache() => CachingBackend.Above(_store, new ReadCacheOptions(), _time);
}
