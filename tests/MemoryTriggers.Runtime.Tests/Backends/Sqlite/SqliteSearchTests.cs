using MemoryTriggers.TestKit;

namespace MemoryTriggers.Runtime.Tests.Backends;

public sealed class SqliteSearchTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A word of more than two thousand memories takes another way through the index.</summary>
    [Fact]
    public async Task Search_WordThatIsEverywhere_StillCountsForTheOrder()
    {
        using var file = new SqliteFile();
        await using var backend = await file.OpenAsync();
        var rare = Any.Entry("only the rollback");
        var both = Any.Entry("the deploy and the rollback");
        await backend.StoreAsync([both, rare], Token);
        await backend.StoreAsync([.. Enumerable.Range(0, 2_500).Select(_ => Any.Entry("a deploy"))], Token);
        var everything = new MemoryQuery { AllProjects = true, Limit = 50 };

        var hits = await backend.SearchAsync("deploy rollback", everything, Token);
        var common = await backend.SearchAsync("deploy", everything, Token);

        Assert.Equal(both.Id, hits[0].Entry.Id);
        Assert.Contains(hits, hit => hit.Entry.Id == rare.Id);
        Assert.Equal(50, hits.Count);
        Assert.Equal(50, common.Count);
        Assert.Equal(common.OrderByDescending(hit => hit.Entry.CreatedAt), common);
    }

    /// <summary>More than what is ranked without the index.</summary>
    [Theory]
    [InlineData("失败")]
    [InlineData("因")]
    [InlineData("推送失败的原因")]
    [InlineData("送失败")]
    [InlineData("原因")]
    public async Task Search_ScriptWithoutSpaces_IsFoundByAnyPartThroughTheIndex(string text)
    {
        using var file = new SqliteFile();
        await using var backend = await file.OpenAsync();
        var pushed = Any.Entry("推送失败的原因");
        await backend.StoreAsync([pushed, Any.Entry("调用API接口")], Token);
        await backend.StoreAsync([.. Enumerable.Range(0, 600).Select(number => Any.Entry($"Entry {number}"))], Token);

        var hit = Assert.Single(await backend.SearchAsync(text, new MemoryQuery { AllProjects = true }, Token));

        Assert.Equal(pushed.Id, hit.Entry.Id);
    }

    [Fact]
    public async Task Search_ScriptWithoutSpaces_FollowsUpdatesAndDeletes()
    {
        using var file = new SqliteFile();
        await using var backend = await file.OpenAsync();
        var (changed, deleted) = (Any.Entry("推送失败了"), Any.Entry("推送失败的原因"));
        await backend.StoreAsync([changed, deleted], Token);

        await backend.StoreAsync([changed with { Content = "推送成功了" }], Token);
        await backend.DeleteAsync(deleted.Id, Token);

        var everything = new MemoryQuery { AllProjects = true };
        Assert.Empty(await backend.SearchAsync("失败", everything, Token));
        Assert.Equal("推送成功了", Assert.Single(await backend.SearchAsync("推送", everything, Token)).Entry.Content);
        Assert.Empty(await backend.CheckIntegrityAsync(Token));
    }

    [Fact]
    public async Task Search_MisspelledWordAmongMany_IsReadAsTheNearest()
    {
        using var file = new SqliteFile();
        await using var backend = await file.OpenAsync();
        var expired = Any.Entry("the certificate expired");
        await backend.StoreAsync([expired, .. Enumerable.Range(0, 600).Select(number => Any.Entry($"certain number {number}"))], Token);

        var hit = Assert.Single(await backend.SearchAsync("certifcate", new MemoryQuery { AllProjects = true }, Token));

        Assert.Equal(expired.Id, hit.Entry.Id);
        Assert.True(Assert.Single(hit.Explanation.Matches).Weight > 0);
    }
}
