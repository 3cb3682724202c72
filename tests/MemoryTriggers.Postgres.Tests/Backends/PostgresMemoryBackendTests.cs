using MemoryTriggers.TestKit;
using MemoryTriggers.Tests.Server;
using Npgsql;

namespace MemoryTriggers.Tests.Backends;

public sealed class PostgresMemoryBackendTests(SharedServer server) : RankedSearchConformance
{
    private PostgresSchemaUnderTest? _schema;

    private PostgresSchemaUnderTest Schema => _schema ??= server.NewSchema();

    protected override bool IsPersistent => true;

    protected override IMemoryBackend Create() => Schema.Create();

    // A test that is skipped has no backend.
    public override ValueTask DisposeAsync() => Backend is null ? default : base.DisposeAsync();

    [Fact]
    public async Task Store_HalfOfASurrogatePair_ReadsBackEqualAndIsFound()
    {
        await Store_TextThatTheServerRefuses_ReadsBackEqualAndIsFound("half \ud83d of a pair");
        await Store_TextThatTheServerRefuses_ReadsBackEqualAndIsFound("\udc4d\ud83d");
    }

    [Theory]
    [InlineData("\u001a0 \u001a\u001ad83d \u001a")]
    [InlineData("a {tag}, with \"quotes\" and \\ and NULL")]
    public async Task Store_TextThatTheServerRefuses_ReadsBackEqualAndIsFound(string text)
    {
        var entry = Any.Entry("deployed " + text) with { Key = text, Tags = [text, "NULL"], Project = text };

        await Backend.StoreAsync([entry, Any.Entry()], Token);

        AssertSame(entry, await Backend.GetAsync(entry.Id, Token));
        Assert.Equal(1, await Backend.CountAsync(new() { Project = text, Key = text, AllTags = [text, "NULL"] }, Token));
        Assert.Single(await Backend.SearchAsync("deploy", All with { Project = text, AllProjects = false }, Token));
    }

    [Fact]
    public async Task Store_TextBeyondTheIndex_IsStoredAndFoundByItsBeginning()
    {
        var words = string.Join(' ', Enumerable.Range(0, 300_000).Select(static i => $"w{i}"));

        await Backend.StoreAsync([Any.Entry($"beginning {words} end {new string('z', 3_000)}")], Token);

        Assert.Single(await Backend.SearchAsync("beginning w17", All, Token));
        Assert.Empty(await Backend.SearchAsync(new string('z', 3_000), All, Token));
    }

    [Fact]
    public async Task Store_OneWordOverAndOver_IsFound()
    {
        await Backend.StoreAsync([Any.Entry(string.Concat(Enumerable.Repeat("again ", 40_000)) + "finally over")], Token);

        Assert.Single(await Backend.SearchAsync("again", All, Token));
        Assert.Single(await Backend.SearchAsync("finally", All, Token));
    }

    [Fact]
    public async Task Store_IdsOutOfTimeOrder_AreStoredOnce()
    {
        var entries = new[] { Guid.Empty, Guid.Parse("ffffffff-ffff-ffff-ffff-ffffffffffff"), Guid.Parse("3b241101-e2bb-4255-8caf-4136c566a962") }
            .Select(static id => Any.Entry() with { Id = id }).ToList();

        await Backend.StoreAsync(entries, Token);
        await Backend.StoreAsync(entries, Token);

        Assert.Equal(3, await Backend.CountAsync(All, Token));
        Assert.Equal("memory_2026_01 memory_2026_02 memory_2026_03 memory_others", await Schema.PartitionsAsync());
    }

    [Fact]
    public async Task Store_SomeAreThereAlready_StoresAllAndReplacesThose()
    {
        var (first, second) = (Any.Entry("before"), Any.Entry("new"));
        await Backend.StoreAsync([first], Token);

        await Backend.StoreAsync([first with { Content = "after" }, second], Token);

        Assert.Equal(["after", "new"], (await Backend.QueryAsync(All, Token)).Select(static entry => entry.Content).Order());
    }

    [Fact]
    public async Task Store_AnotherProcessStoresOneOfThemMeanwhile_ReplacesIt()
    {
        var entry = Any.Entry("theirs");
        await Backend.StoreAsync([entry], Token);
        await using var other = new NpgsqlConnection($"{Schema.ConnectionString};Search Path={Schema.Name};Pooling=false");
        await other.OpenAsync(Token);

        // Unseen until it is committed, and waited for.
        await new NpgsqlCommand("CREATE TEMP TABLE kept AS SELECT * FROM memory; DELETE FROM memory", other).ExecuteNonQueryAsync(Token);
        var transaction = await other.BeginTransactionAsync(Token);
        await new NpgsqlCommand("INSERT INTO memory SELECT * FROM kept", other, transaction).ExecuteNonQueryAsync(Token);
        var storing = Backend.StoreAsync([entry with { Content = "ours" }, Any.Entry("new")], Token);
        while ((long)(await Schema.ExecuteAsync($"SELECT count(*) FROM pg_locks WHERE NOT granted AND {other.ProcessID} = ANY (pg_blocking_pids(pid))"))! == 0) Token.ThrowIfCancellationRequested();
        await transaction.CommitAsync(Token);
        await storing;

        Assert.Equal(["new", "ours"], (await Backend.QueryAsync(All, Token)).Select(static found => found.Content).Order());
    }
}
