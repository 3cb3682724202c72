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
}
