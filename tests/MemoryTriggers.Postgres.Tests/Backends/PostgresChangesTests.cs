using MemoryTriggers.Backends.Cache;
using MemoryTriggers.TestKit;
using MemoryTriggers.Tests.Server;

namespace MemoryTriggers.Tests.Backends;

public sealed class PostgresChangesTests(SharedServer server)
{
    private static readonly MemoryQuery All = new() { AllProjects = true };
    private readonly PostgresSchemaUnderTest _schema = server.NewSchema();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Read_AfterAnotherProcessWrote_SeesTheNewOne()
    {
        await using var other = await _schema.OpenAsync();
        var mine = await _schema.OpenAsync();
        await using var cache = CachingBackend.Above(mine, new ReadCacheOptions(), TimeProvider.System);
        using var told = new Told(mine);
        var entry = Any.Entry("old");
        await cache.StoreAsync([entry], Token);
        await cache.GetAsync(entry.Id, Token);
        await cache.QueryAsync(All, Token);

        await other.StoreAsync([entry with { Content = "new" }], Token);
        var ids = await told.NextAsync(Token);

        Assert.Equal([entry.Id], ids);
        Assert.Equal("new", (await cache.GetAsync(entry.Id, Token))!.Content);
        Assert.Equal("new", (await cache.QueryAsync(All, Token))[0].Content);
    }

    [Fact]
    public async Task Read_AfterAnotherProcessDeleted_SeesNothing()
    {
        await using var other = await _schema.OpenAsync();
        var mine = await _schema.OpenAsync();
        await using var cache = CachingBackend.Above(mine, new ReadCacheOptions(), TimeProvider.System);
        using var told = new Told(mine);
        var entry = Any.Entry();
        await cache.StoreAsync([entry], Token);
        await cache.GetAsync(entry.Id, Token);

        await other.DeleteAsync(entry.Id, Token);
        await told.NextAsync(Token);

        Assert.Null(await cache.GetAsync(entry.Id, Token));
    }

    [Fact]
    public async Task Changes_OfMoreThanCanBeNamed_AreOfEverything()
    {
        await using var other = await _schema.OpenAsync();
        await using var mine = await _schema.OpenAsync();
        using var told = new Told(mine);

        await other.StoreAsync(Any.Entries(200), Token);
        var named = await told.NextAsync(Token);
        await other.StoreAsync(Any.Entries(201), Token);
        var unnamed = await told.NextAsync(Token);

        Assert.Equal(200, named!.Count);
        Assert.Null(unnamed);
    }

    [Fact]
    public async Task Changes_OfThisProcess_AreNotTold()
    {
        await using var other = await _schema.OpenAsync();
        await using var mine = await _schema.OpenAsync();
        using var told = new Told(mine);

        await mine.StoreAsync([Any.Entry()], Token);
        var theirs = Any.Entry();
        await other.StoreAsync([theirs], Token);

        Assert.Equal([theirs.Id], await told.NextAsync(Token));
    }

    [Fact]
    public async Task Changes_OfAProcessThatEnds_AreTold()
    {
        await using var mine = await _schema.OpenAsync();
        using var told = new Told(mine);
        var entry = Any.Entry();
        await using (var other = await _schema.OpenAsync()) await other.StoreAsync([entry], Token);

        await told.UntilAsync(ids => ids is not null && ids.Contains(entry.Id), Token);

        Assert.NotNull(await mine.GetAsync(entry.Id, Token));
    }

    [Fact]
    public async Task Changes_ConnectionLost_AreOfEverythingAndHeardAgain()
    {
        await using var other = await _schema.OpenAsync();
        var mine = await _schema.OpenAsync();
        await using var cache = CachingBackend.Above(mine, new ReadCacheOptions(), TimeProvider.System);
        using var told = new Told(mine);
        var entry = Any.Entry("old");
        await cache.StoreAsync([entry], Token);
        await cache.GetAsync(entry.Id, Token);

        // Both listeners lose their connection; the other one writes while nobody is sure to listen.
        await _schema.ExecuteAsync(
            $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN memory_triggers_{_schema.Name}'");
        await other.StoreAsync([entry with { Content = "new" }], Token);
        await told.UntilAsync(static ids => ids is null, Token);
        await told.UntilAsync(static ids => ids is null, Token);

        Assert.Equal("new", (await cache.GetAsync(entry.Id, Token))!.Content);
        Assert.True((await mine.CheckHealthAsync(Token)).IsHealthy);
        var later = Any.Entry();
        await other.StoreAsync([later], Token);
        await told.UntilAsync(ids => ids is not null && ids.Contains(later.Id), Token);
    }

    [Fact]
    public async Task Changes_SwitchedOff_AreNotListenedFor()
    {
        await using var backend = await _schema.OpenAsync(static options => options.NotifyChanges = false);

        await backend.StoreAsync([Any.Entry()], Token);

        Assert.Equal(0L, await _schema.ExecuteAsync($"SELECT count(*) FROM pg_stat_activity WHERE query = 'LISTEN memory_triggers_{_schema.Name}'"));
        Assert.DoesNotContain("not received", (await backend.CheckHealthAsync(Token)).Description, StringComparison.Ordinal);
    }
}
