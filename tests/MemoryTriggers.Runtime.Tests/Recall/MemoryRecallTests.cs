using MemoryTriggers.Recall;
using MemoryTriggers.TestKit;

namespace MemoryTriggers.Runtime.Tests.Recall;

public sealed class MemoryRecallTests : IAsyncDisposable
{
    private readonly InMemoryMemoryBackend _backend = new();
    private readonly ManualTimeProvider _time = new();
    private readonly MemoryEntry _shop = Any.Entry("deploy of the shop") with { Key = "deploy" };
    private readonly MemoryEntry _bank = Any.Entry("deploy of the bank") with { Key = "deploy", Project = "bank" };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Recall_ConfiguredProject_SeesOnlyThatProject()
    {
        var recall = await CreateAsync("shop");

        Assert.Equal(_shop.Id, Assert.Single(await recall.ListAsync(cancellationToken: Token)).Id);
        Assert.Equal(_shop.Id, Assert.Single(await recall.SearchAsync("deploy", cancellationToken: Token)).Entry.Id);
        Assert.Equal(_shop.Id, (await recall.GetByKeyAsync("deploy", cancellationToken: Token))!.Id);
        Assert.Equal(1, await recall.CountAsync(cancellationToken: Token));
    }

    [Fact]
    public async Task Recall_ProjectInTheQuery_OverridesTheConfiguredOne()
    {
        var recall = await CreateAsync("shop");

        Assert.Equal(_bank.Id, Assert.Single(await recall.ListAsync(new() { Project = "bank" }, Token)).Id);
    }

    [Fact]
    public async Task Recall_AllProjects_SeesEverything()
    {
        var recall = await CreateAsync("shop");

        Assert.Equal(2, await recall.CountAsync(new() { AllProjects = true }, Token));
    }

    [Fact]
    public async Task Recall_NoConfiguredProject_LooksAcrossAll()
    {
        var recall = await CreateAsync(null);

        Assert.Equal(2, (await recall.SearchAsync("deploy", cancellationToken: Token)).Count);
        Assert.Equal(_bank.Id, (await recall.GetByKeyAsync("deploy", cancellationToken: Token))!.Id);
    }

    [Fact]
    public async Task Get_OtherProject_IsFoundWithItsScopeOnly()
    {
        var recall = await CreateAsync("shop");

        Assert.Null(await recall.GetAsync(_bank.Id, Token));
        Assert.Equal(_bank.Id, (await recall.GetAsync(_bank.Id, new MemoryQuery { AllProjects = true }, Token))!.Id);
        Assert.Null(await recall.GetByKeyAsync("nothing", cancellationToken: Token));
    }

    [Fact]
    public async Task Recall_ReplacedAndExpired_AreLeftOutUnlessAskedFor()
    {
        var recall = await CreateAsync("shop");
        var now = _time.GetUtcNow();
        var expired = Any.Entry("deploy that was due") with { Key = "old", ExpiresAt = now };
        var replaced = Any.Entry("deploy that was wrong") with { Key = "old", SupersededBy = _shop.Id, SupersededAt = now };
        var lasting = Any.Entry("deploy that lasts") with { Key = "lasting", ExpiresAt = now.AddSeconds(1) };
        await _backend.StoreAsync([expired, replaced, lasting], Token);

        Assert.Equal(2, (await recall.ListAsync(cancellationToken: Token)).Count);
        Assert.Equal(2, (await recall.SearchAsync("deploy", cancellationToken: Token)).Count);
        Assert.Null(await recall.GetByKeyAsync("old", cancellationToken: Token));
        Assert.Null(await recall.GetAsync(expired.Id, Token));
        Assert.NotNull(await recall.GetAsync(replaced.Id, Token));
        Assert.Equal(4, (await recall.ListAsync(new() { IncludePast = true }, Token)).Count);
        Assert.Equal(4, (await recall.SearchAsync("deploy", new() { IncludePast = true }, Token)).Count);

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(_shop.Id, Assert.Single(await recall.ListAsync(cancellationToken: Token)).Id);
        Assert.Equal(_shop.Id, Assert.Single(await recall.SearchAsync("deploy", cancellationToken: Token)).Entry.Id);
        Assert.Null(await recall.GetByKeyAsync("lasting", cancellationToken: Token));

        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, await recall.CountAsync(cancellationToken: Token));
    }

    [Fact]
    public async Task GetByKey_NewestExpiredWithinTheMinute_FindsTheOneBefore()
    {
        var recall = await CreateAsync("shop");
        await _backend.StoreAsync([Any.Entry("deploy for a second") with { Key = "deploy", ExpiresAt = _time.GetUtcNow().AddSeconds(1) }], Token);
        _time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(_shop.Id, (await recall.GetByKeyAsync("deploy", cancellationToken: Token))!.Id);
    }

    [Fact]
    public async Task SearchCompact_ConfiguredProject_IsExpandedByIds()
    {
        var recall = await CreateAsync("shop");
        await _backend.StoreAsync([Any.Entry("deploy that was") with { ExpiresAt = _time.GetUtcNow().AddMinutes(-1) }], Token);

        var hit = Assert.Single(await recall.SearchCompactAsync("deploy", cancellationToken: Token));
        var expanded = await recall.GetManyAsync([_bank.Id, hit.Id], new MemoryQuery { AllProjects = true }, Token);

        Assert.Equal((_shop.Id, "deploy of the shop", _shop.CreatedAt), (hit.Id, hit.Line, hit.CreatedAt));
        Assert.Equal([_bank.Id, _shop.Id], expanded.Select(entry => entry.Id));
    }

    [Fact]
    public async Task GetMany_Expired_IsLeftOut()
    {
        var recall = await CreateAsync("shop");
        var expired = Any.Entry() with { ExpiresAt = _time.GetUtcNow() };
        await _backend.StoreAsync([expired], Token);

        Assert.Empty(await recall.GetManyAsync([expired.Id], Token));
    }

    public ValueTask DisposeAsync() => _backend.DisposeAsync();

    private async Task<IMemoryRecall> CreateAsync(string? project)
    {
        await _backend.StoreAsync([_shop, _bank], Token);
        return new MemoryRecall(_backend, project, _time);
    }
}
