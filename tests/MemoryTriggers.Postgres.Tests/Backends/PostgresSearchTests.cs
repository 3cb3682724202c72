using MemoryTriggers.Postgres.Words;
using MemoryTriggers.Ranking;
using MemoryTriggers.TestKit;
using MemoryTriggers.Tests.Server;

namespace MemoryTriggers.Tests.Backends;

public sealed class PostgresSearchTests(SharedServer server)
{
    private static readonly MemoryQuery Everything = new() { AllProjects = true, Limit = 50 };
    private readonly PostgresSchemaUnderTest _schema = server.NewSchema();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A word of more than two thousand memories takes another way through the index.</summary>
    [Fact]
    public async Task Search_WordThatIsEverywhere_StillCountsForTheOrder()
    {
        await using var backend = await _schema.OpenAsync();
        var rare = Any.Entry("only the rollback");
        var both = Any.Entry("the deploy and the rollback");
        await backend.StoreAsync([both, rare], Token);
        await backend.StoreAsync([.. Enumerable.Range(0, 2_500).Select(static _ => Any.Entry("a deploy"))], Token);

        var hits = await backend.SearchAsync("deploy rollback", Everything, Token);
        var common = await backend.SearchAsync("deploy", Everything, Token);

        Assert.Equal(both.Id, hits[0].Entry.Id);
        Assert.Contains(hits, hit => hit.Entry.Id == rare.Id);
        Assert.Equal(50, hits.Count);
        Assert.Equal(50, common.Count);
        Assert.Equal(common.OrderByDescending(static hit => hit.Entry.CreatedAt), common);
    }

    /// <summary>The meaning of a question is that of the other backends: the same memories, in the same order, with the same scores.</summary>
    [Theory]
    [InlineData("why did the push to ISS-0003 fail?")]
    [InlineData("deployed caches")]
    [InlineData("rollback timeout 7")]
    [InlineData("the")]
    public async Task Search_Question_AnswersAsTheOtherBackendsDo(string question)
    {
        string[] words = ["push", "failed", "deploy", "cache", "timeout", "rollback", "ISS-0001", "ISS-0003", "the", "7"];
        var random = new Random(7);
        var entries = Enumerable.Range(0, 150)
            .Select(i => Any.Entry(string.Join(' ', Enumerable.Range(0, 2 + i % 9).Select(_ => words[random.Next(words.Length)])))).ToList();
        await using var backend = await _schema.OpenAsync();
        await using var memory = new InMemoryMemoryBackend(_schema.Time);
        await backend.StoreAsync(entries, Token);
        await memory.StoreAsync(entries, Token);

        var expected = await memory.SearchAsync(question, Everything, Token);
        var all = await backend.SearchAsync(question, Everything, Token);
        var narrow = await backend.SearchAsync(question, Everything with { AllProjects = false, Project = "shop" }, Token);

        Assert.NotEmpty(expected);
        // Each is asked a moment later, and what is recent is so a little less.
        Assert.Equal(expected.Select(static hit => (hit.Entry.Id, Math.Round(hit.Score, 6))), all.Select(static hit => (hit.Entry.Id, Math.Round(hit.Score, 6))));
        Assert.Equal(all.Select(static hit => hit.Entry.Id), narrow.Select(static hit => hit.Entry.Id));
    }

    [Theory]
    [InlineData("deplyo", "The deploy went well")]
    [InlineData("rolback", "A rollback of the release")]
    [InlineData("authentification", "Authentication was refused")]
    public async Task Search_WordWithATypo_FindsTheNearest(string text, string content)
    {
        await using var backend = await _schema.OpenAsync();
        await backend.StoreAsync([Any.Entry(content), Any.Entry("Something else")], Token);

        var everywhere = await backend.SearchAsync(text, Everything, Token);
        var narrow = await backend.SearchAsync(text, new() { Project = "shop" }, Token);

        Assert.Equal(content, Assert.Single(everywhere).Entry.Content);
        Assert.Equal(content, Assert.Single(narrow).Entry.Content);
    }

    [Fact]
    public async Task Search_KeyWithATypo_IsFound()
    {
        await using var backend = await _schema.OpenAsync();
        var entry = Any.Entry() with { Key = "payment-gateway" };
        await backend.StoreAsync([entry, Any.Entry()], Token);

        var hit = Assert.Single(await backend.SearchAsync("paymet", Everything, Token));

        Assert.Equal(entry.Id, hit.Entry.Id);
        Assert.Equal(["payment"], hit.MatchedWords);
    }

    [Fact]
    public async Task Search_AnotherNumber_IsNoTypo()
    {
        await using var backend = await _schema.OpenAsync();
        await backend.StoreAsync([Any.Entry("ISS-0124 was closed"), Any.Entry("build 20260102")], Token);

        Assert.Empty(await backend.SearchAsync("ISS-0125", Everything, Token));
        Assert.Empty(await backend.SearchAsync("20260103", Everything, Token));
    }

    [Fact]
    public async Task Search_WordThatStandsThere_IsNoTypoOfAnother()
    {
        await using var backend = await _schema.OpenAsync();
        await backend.StoreAsync([Any.Entry("the pusher ran"), Any.Entry("the pushes ran"), Any.Entry("pull")], Token);

        var hit = Assert.Single(await backend.SearchAsync("pusher", Everything, Token));

        Assert.Equal("the pusher ran", hit.Entry.Content);
    }

    [Fact]
    public async Task Search_WithoutTrigrams_WorksButForFirstLettersAndHealthSaysSo()
    {
        await using var own = await PostgresServer.StartAsync(isDurable: false, Token);
        var schema = new PostgresSchemaUnderTest(own.ConnectionString, "plain");
        await (await schema.OpenAsync()).DisposeAsync();
        await schema.ExecuteAsync("DROP EXTENSION pg_trgm CASCADE; CREATE ROLE modest LOGIN; GRANT USAGE ON SCHEMA plain TO modest; GRANT ALL ON ALL TABLES IN SCHEMA plain TO modest");
        await using var backend = await schema.OpenAsync(static options => options.ConnectionString += ";Username=modest");
        await backend.StoreAsync([Any.Entry("The deploy went well")], Token);

        Assert.Single(await backend.SearchAsync("deployed", Everything, Token));
        Assert.Single(await backend.SearchAsync("deplyo", Everything, Token));
        Assert.Empty(await backend.SearchAsync("seployment", Everything, Token));
        var health = await backend.CheckHealthAsync(Token);

        Assert.True(health.IsHealthy);
        Assert.Contains("without pg_trgm", health.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Search_FirstLettersWrong_FindsTheNearest()
    {
        await using var backend = await _schema.OpenAsync();
        await backend.StoreAsync([Any.Entry("The certificate expired"), Any.Entry("Something else")], Token);

        var hit = Assert.Single(await backend.SearchAsync("sertificate", Everything, Token));

        Assert.Equal("The certificate expired", hit.Entry.Content);
    }

    [Fact]
    public async Task Search_WordThatCameWithAChange_IsReadFromATypo()
    {
        await using var backend = await _schema.OpenAsync();
        var entry = Any.Entry("nothing yet");
        await backend.StoreAsync([entry], Token);
        await backend.ChangeAsync(entry.Id, _ => [entry with { Content = "an avalanche" }], Token);

        var found = await backend.SearchAsync("avalnche", Everything, Token);
        var gone = await backend.SearchAsync("nothng", Everything, Token);

        Assert.Equal(entry.Id, Assert.Single(found).Entry.Id);
        Assert.Empty(gone);
    }

    [Fact]
    public async Task Search_ManyRareWords_FindsWhatHasMostOfThem()
    {
        await using var backend = await _schema.OpenAsync();
        string[] words = ["amber", "birch", "cedar"];
        await backend.StoreAsync([.. Enumerable.Range(0, 5_400).Select(i => Any.Entry($"the {words[i % 3]}"))], Token);
        var all = Any.Entry("amber and birch and cedar");
        await backend.StoreAsync([all], Token);

        var hits = await backend.SearchAsync("amber birch cedar", Everything, Token);

        Assert.Equal(all.Id, hits[0].Entry.Id);
    }

    /// <summary>What is known to be frequent is not counted again for a while.</summary>
    [Fact]
    public async Task Search_WordThatWasEverywhere_IsFoundAfterAllButOneAreGone()
    {
        await using var backend = await _schema.OpenAsync();
        var one = Any.Entry("a deploy with a rollback");
        await backend.StoreAsync([one, .. Enumerable.Range(0, 2_500).Select(static _ => Any.Entry("a deploy") with { Category = "old" })], Token);
        await backend.SearchAsync("deploy rollback", Everything, Token);

        await _schema.ExecuteAsync("DELETE FROM memory WHERE category = 'old'");
        var soon = await backend.SearchAsync("deploy", Everything, Token);
        _schema.Time.Jump(TimeSpan.FromHours(1));
        var later = await backend.SearchAsync("deploy", Everything, Token);

        Assert.Equal(one.Id, Assert.Single(soon).Entry.Id);
        Assert.Equal(one.Id, Assert.Single(later).Entry.Id);
    }

    [Theory]
    [InlineData("推送失败", true)]
    [InlineData("送失", true)]
    [InlineData("败", true)]
    [InlineData("推", true)]
    [InlineData("推失", false)]
    [InlineData("失送", false)]
    public async Task Search_PartOfAScriptWithoutSpaces_IsFoundThroughTheIndex(string run, bool isFound)
    {
        await using var backend = await _schema.OpenAsync();
        var entry = Any.Entry("ISS-7: 推送失败");
        await backend.StoreAsync([entry, Any.Entry("部署 ok")], Token);

        var plan = await _schema.ExecuteAsync(
            $"SET enable_seqscan = off; EXPLAIN (FORMAT JSON) SELECT 1 FROM memory m WHERE m.words @@ $q${UnspacedParts.Query(run)}$q$");
        var hits = await backend.SearchAsync(run, Everything, Token);
        await backend.StoreAsync([entry with { Content = "deployed" }], Token);
        var after = await backend.SearchAsync(run, Everything, Token);

        Assert.Equal(isFound, hits.Any(hit => hit.Entry.Id == entry.Id));
        Assert.Empty(after);
        Assert.Contains("words_idx", (string)plan!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Search_LatinLettersInsideOfAScriptWithoutSpaces_AreFound()
    {
        await using var backend = await _schema.OpenAsync();
        await backend.StoreAsync([Any.Entry("推送Kafka失败"), Any.Entry("kafka is up")], Token);

        var hits = await backend.SearchAsync("送kafka", Everything, Token);

        Assert.Equal(2, hits.Count);
    }

    /// <summary>What people said is ranked as by the other backends, also where only what the index proposes is looked at.</summary>
    [Fact]
    public async Task Search_Conversation_AnswersAsTheOtherBackendsDo()
    {
        string[] lines = ["Nora: What breed is the puppy?", "Tom: A border collie, ten weeks old.", "Nora: My hamster died last May.", "Tom: How sad!", "Nora: Do you run?", "Tom: Yes, each Sunday."];
        var start = Any.Time.AddDays(-3);
        var turns = lines.Select((line, i) => Any.Entry(line) with { TriggerType = null, Key = $"turn.{i}", Tags = [], CreatedAt = start.AddMinutes(i) }).ToList();
        await using var backend = await _schema.OpenAsync();
        await using var memory = new InMemoryMemoryBackend();
        var ranking = new MemoryRanking(new RecallOptions { Conversations = { EverydayWords = true } }, TimeProvider.System);
        foreach (var store in (IRankedStore[])[backend, memory]) store.RankBy(ranking);
        await backend.StoreAsync(turns, Token);
        await memory.StoreAsync(turns, Token);

        foreach (var question in (string[])["Which breed is Tom's puppy?", "When did Nora's pet die?", "How often is Tom jogging?"])
        {
            var expected = await memory.SearchAsync(question, Everything, Token);
            var all = await backend.SearchAsync(question, Everything, Token);
            var narrow = await backend.SearchAsync(question, Everything with { AllProjects = false, Project = "shop" }, Token);

            Assert.Equal(expected.Select(static hit => (hit.Entry.Id, Math.Round(hit.Score, 6))), narrow.Select(static hit => (hit.Entry.Id, Math.Round(hit.Score, 6))));
            Assert.Equal(expected.Take(1).Select(static hit => hit.Entry.Id), all.Take(1).Select(static hit => hit.Entry.Id));
        }
    }
}
