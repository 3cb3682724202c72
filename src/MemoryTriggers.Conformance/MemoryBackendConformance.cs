using System.Text.Json;

namespace MemoryTriggers.Conformance;

/// <summary>
/// What every backend must do. Derive a class, say how to make an empty store in <see cref="Create"/>, and each of these tests runs against a store
/// of its own. For one that searches by words, derive <see cref="MemorySearchConformance"/> instead. docs/writing-a-backend.md has an example.
/// </summary>
public abstract class MemoryBackendConformance : IAsyncLifetime
{
    /// <summary>The store under test, opened.</summary>
    protected IMemoryBackend Backend { get; set; } = null!;

    /// <summary>Whether what is stored is still there when the store is disposed of and <see cref="Create"/> is called again. <value><see langword="false"/></value></summary>
    protected virtual bool IsPersistent => false;

    /// <summary>How many memories the test with many of them stores. <value>10,000</value></summary>
    protected virtual int Many => 10_000;

    /// <summary>The token of the running test.</summary>
    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A query for everything.</summary>
    protected static MemoryQuery All { get; } = new() { AllProjects = true, Limit = MemoryQuery.MaxLimit };

    /// <summary>Makes the store: an empty one the first time, and later in the same test, when it is persistent, the same one again.</summary>
    protected abstract IMemoryBackend Create();

    /// <summary>Opens the store. A class that overrides it calls it.</summary>
    public virtual async ValueTask InitializeAsync()
    {
        Backend = Create();
        await Backend.InitializeAsync(Token);
    }

    /// <summary>Disposes of the store. A class that overrides it calls it, and then removes what the store has left.</summary>
    public virtual async ValueTask DisposeAsync()
    {
        await Backend.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task GetMany_Ids_InTheirOrderWithoutTheMissing()
    {
        var entries = SampleMemories.Entries(3);
        await Backend.StoreAsync(entries, Token);

        var found = await Backend.GetManyAsync([entries[2].Id, SampleMemories.Id(), entries[0].Id], Token);

        Assert.Equal([entries[2].Id, entries[0].Id], found.Select(entry => entry.Id));
        Assert.Empty(await Backend.GetManyAsync([], Token));
    }

    [Fact]
    public async Task Restart_EverythingStored_IsThereIfTheStoreSaysSo()
    {
        var (full, entries) = (Full(), SampleMemories.Entries(30));
        await Backend.StoreAsync([full, .. entries], Token);
        await Backend.DisposeAsync();

        await InitializeAsync();

        Assert.Equal(IsPersistent ? 31 : 0, await Backend.CountAsync(All, Token));
        if (!IsPersistent) return;
        AssertSame(full, await Backend.GetAsync(full.Id, Token));
        AssertSame(entries[7], await Backend.GetAsync(entries[7].Id, Token));
    }

    [Fact]
    public async Task Query_ManyMemories_PagesNeitherRepeatNorSkip()
    {
        foreach (var batch in SampleMemories.Entries(Many).Chunk(1_000)) await Backend.StoreAsync(batch, Token);

        var seen = new List<Guid>();
        while (await Backend.QueryAsync(All with { Offset = seen.Count }, Token) is { Count: > 0 } page) seen.AddRange(page.Select(static entry => entry.Id));

        Assert.Equal(Many, seen.Count);
        Assert.Equal(Many, seen.Distinct().Count());
        Assert.Equal(seen.OrderDescending(), seen);
        Assert.Equal(Many, await Backend.CountAsync(All, Token));
    }

    [Fact]
    public async Task Store_EveryProperty_ReadsBackEqual()
    {
        var entry = Full();

        await Backend.StoreAsync([entry], Token);

        AssertSame(entry, await Backend.GetAsync(entry.Id, Token));
    }

    [Fact]
    public async Task Store_OnlyRequiredProperties_ReadsBackEqual()
    {
        var entry = new MemoryEntry { Id = SampleMemories.Id(), Key = "k", Content = "c", CreatedAt = SampleMemories.Time };

        await Backend.StoreAsync([entry], Token);

        AssertSame(entry, await Backend.GetAsync(entry.Id, Token));
    }

    [Theory]
    [InlineData("")]
    [InlineData("žluťoučký kůň 推送失败 👍🏽 \u200f\u202e")]
    [InlineData("before\0after")]
    [InlineData("'; DROP TABLE memory; --")]
    public async Task Store_AnyText_ReadsBackEqual(string text)
    {
        var entry = SampleMemories.Entry(text) with { Key = "k" + text, Tags = ["t" + text], EntityId = text };

        await Backend.StoreAsync([entry], Token);

        AssertSame(entry, await Backend.GetAsync(entry.Id, Token));
    }

    [Fact]
    public async Task Store_LongText_ReadsBackEqual()
    {
        var entry = SampleMemories.Entry(new string('x', 1_000_000)) with { Value = JsonSerializer.SerializeToElement(new string('y', 1_000_000)) };

        await Backend.StoreAsync([entry], Token);

        AssertSame(entry, await Backend.GetAsync(entry.Id, Token));
    }

    [Fact]
    public async Task Store_SameIdAgain_Replaces()
    {
        var entry = SampleMemories.Entry("The deployment failed") with { Tags = ["old", "both"] };
        await Backend.StoreAsync([entry], Token);
        var corrected = entry with { Content = "The rollout succeeded", Tags = ["both", "new"], Outcome = TriggerOutcome.Canceled };

        await Backend.StoreAsync([corrected], Token);

        AssertSame(corrected, await Backend.GetAsync(entry.Id, Token));
        Assert.Equal(1, await Backend.CountAsync(All, Token));
        Assert.Equal(0, await Backend.CountAsync(All with { AnyTags = ["old"] }, Token));
        Assert.Equal(1, await Backend.CountAsync(All with { AllTags = ["both", "new"] }, Token));
        Assert.Empty(await Backend.SearchAsync("deployment", All, Token));
        Assert.Single(await Backend.SearchAsync("rollout", All, Token));
    }

    [Fact]
    public async Task Store_SameIdTwiceInOneBatch_KeepsTheLater()
    {
        var entry = SampleMemories.Entry("first");

        await Backend.StoreAsync([entry, entry with { Content = "second" }], Token);

        Assert.Equal("second", (await Backend.GetAsync(entry.Id, Token))!.Content);
        Assert.Equal(1, await Backend.CountAsync(All, Token));
    }

    [Fact]
    public async Task Store_EmptyBatch_DoesNothing()
    {
        await Backend.StoreAsync([], Token);

        Assert.Equal(0, await Backend.CountAsync(All, Token));
    }

    [Fact]
    public async Task Store_DisposedJsonDocument_ValueStaysReadable()
    {
        var entry = SampleMemories.Entry();
        using (var document = JsonDocument.Parse("""{"a":[1,2,{"b":null}]}"""))
            await Backend.StoreAsync([entry with { Value = document.RootElement }], Token);

        var stored = await Backend.GetAsync(entry.Id, Token);

        Assert.Equal("""{"a":[1,2,{"b":null}]}""", stored!.Value.GetRawText());
    }

    [Fact]
    public async Task Get_UnknownId_ReturnsNull() => Assert.Null(await Backend.GetAsync(SampleMemories.Id(), Token));

    public static TheoryData<string, MemoryQuery> Filters => new()
    {
        { "project", new() { Project = "wanted" } },
        { "category", new() { Category = "wanted" } },
        { "key", new() { Key = "wanted" } },
        { "entity type", new() { EntityType = "wanted" } },
        { "entity id", new() { EntityId = "wanted" } },
        { "source", new() { Source = "wanted" } },
        { "type", new() { TriggerType = TriggerType.DecisionPoint } },
        { "outcome", new() { Outcome = TriggerOutcome.Failure } },
        { "trace", new() { TraceId = "0123456789abcdef0123456789abcdef" } },
        { "parent", new() { ParentId = Parent } },
        { "any tag", new() { AnyTags = ["nowhere", "wanted"] } },
        { "all tags", new() { AllTags = ["wanted", "too"] } },
        { "since", new() { Since = Wanted.CreatedAt } },
        { "session", new() { SessionId = "wanted" } },
        { "priority", new() { Priority = TriggerPriority.Critical } },
        { "successor", new() { SupersededBy = Successor } },
        { "expiry", new() { ExpiresBefore = Wanted.ExpiresAt!.Value.AddTicks(1) } },
        { "all at once", new()
            {
                Project = "wanted", Category = "wanted", Key = "wanted", EntityType = "wanted", EntityId = "wanted",
                AnyTags = ["wanted"], AllTags = ["too"], Outcome = TriggerOutcome.Failure, Since = Wanted.CreatedAt,
                Until = Wanted.CreatedAt.AddTicks(1),
            }
        },
    };

    [Theory]
    [MemberData(nameof(Filters))]
    public async Task Query_Filter_ReturnsOnlyWhatMatches(string name, MemoryQuery query)
    {
        await Backend.StoreAsync([Other, Wanted, Other with { Id = SampleMemories.Id(), Tags = ["too"] }], Token);

        var found = await Backend.QueryAsync(query, Token);
        var searched = await Backend.SearchAsync("deployment", query, Token);

        Assert.True(found.Count == 1 && found[0].Id == Wanted.Id, name);
        Assert.Equal(Wanted.Id, Assert.Single(searched).Entry.Id);
        Assert.Equal(1, await Backend.CountAsync(query, Token));
    }

    [Fact]
    public async Task Query_Until_ExcludesThatTime()
    {
        await Backend.StoreAsync([Wanted, Other], Token);

        var found = await Backend.QueryAsync(new() { Until = Wanted.CreatedAt }, Token);

        Assert.Equal(Other.Id, Assert.Single(found).Id);
    }

    [Fact]
    public async Task Query_Paging_ReturnsNewestFirstWithoutGaps()
    {
        var entries = SampleMemories.Entries(25);
        await Backend.StoreAsync(entries, Token);

        var pages = new List<MemoryEntry>();
        for (var offset = 0; offset < 30; offset += 10)
            pages.AddRange(await Backend.QueryAsync(new() { Limit = 10, Offset = offset }, Token));

        Assert.Equal(entries.Reverse().Select(entry => entry.Id), pages.Select(entry => entry.Id));
        Assert.Equal(25, await Backend.CountAsync(new() { Limit = 1, Offset = 20 }, Token));
    }

    [Fact]
    public async Task Query_SameTime_LaterIdFirst()
    {
        var first = SampleMemories.Entry();
        var second = SampleMemories.Entry() with { CreatedAt = first.CreatedAt };
        await Backend.StoreAsync([second, first], Token);

        var found = await Backend.QueryAsync(All, Token);

        Assert.Equal([second.Id, first.Id], found.Select(entry => entry.Id));
    }

    [Fact]
    public async Task Query_Current_LeavesOutWhatIsReplacedOrExpired()
    {
        var (time, successor) = (SampleMemories.Time.AddDays(10), SampleMemories.Entry("The deployment succeeded"));
        var expired = SampleMemories.Entry("The deployment is due") with { ExpiresAt = time };
        var lasting = SampleMemories.Entry("The deployment is due") with { ExpiresAt = time.AddTicks(1) };
        var replaced = SampleMemories.Entry("The deployment failed") with { SupersededBy = successor.Id, SupersededAt = SampleMemories.Time };
        await Backend.StoreAsync([successor, expired, lasting, replaced], Token);

        var found = await Backend.QueryAsync(All with { CurrentAt = time }, Token);
        var searched = await Backend.SearchAsync("deployment", All with { CurrentAt = time }, Token);

        Assert.Equal([lasting.Id, successor.Id], found.Select(static entry => entry.Id));
        Assert.Equal([successor.Id, lasting.Id], searched.Select(static hit => hit.Entry.Id).Order());
        Assert.Equal(2, await Backend.CountAsync(All with { CurrentAt = time }, Token));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(0, "first")]
    [InlineData(4, "first")]
    [InlineData(5, "second")]
    [InlineData(8, "second")]
    [InlineData(9)]
    public async Task Query_AsOf_ReturnsTheVersionOfThen(int day, params string[] expected)
    {
        var start = SampleMemories.Time.AddDays(20);
        var second = SampleMemories.Entry("second") with { CreatedAt = start, UpdatedAt = start.AddDays(5), ExpiresAt = start.AddDays(9) };
        var first = SampleMemories.Entry("first") with { CreatedAt = start, UpdatedAt = start, SupersededBy = second.Id, SupersededAt = start.AddDays(5) };
        await Backend.StoreAsync([first, second], Token);

        var found = await Backend.QueryAsync(All with { AsOf = start.AddDays(day) }, Token);

        Assert.Equal(expected, found.Select(static entry => entry.Content));
    }

    [Fact]
    public async Task Change_StoredEntry_StoresWhatBecameOfIt()
    {
        var (entry, added) = (SampleMemories.Entry("before"), SampleMemories.Entry("beside"));
        await Backend.StoreAsync([entry], Token);

        await Backend.ChangeAsync(entry.Id, current => [current! with { Content = current.Content + " and after" }, added], Token);

        Assert.Equal("before and after", (await Backend.GetAsync(entry.Id, Token))!.Content);
        AssertSame(added, await Backend.GetAsync(added.Id, Token));
        Assert.Single(await Backend.SearchAsync("after", All, Token));
    }

    [Fact]
    public async Task Change_UnknownId_GetsNull()
    {
        var entry = SampleMemories.Entry("new");

        await Backend.ChangeAsync(entry.Id, current => current is null ? [entry] : [], Token);
        await Backend.ChangeAsync(entry.Id, current => current is null ? [entry with { Content = "again" }] : [], Token);

        AssertSame(entry, await Backend.GetAsync(entry.Id, Token));
        Assert.Equal(1, await Backend.CountAsync(All, Token));
    }

    [Fact]
    public async Task Change_Throws_ChangesNothing()
    {
        var entry = SampleMemories.Entry("before");
        await Backend.StoreAsync([entry], Token);

        await Assert.ThrowsAsync<InvalidTimeZoneException>(async () => await Backend.ChangeAsync(entry.Id, static _ => throw new InvalidTimeZoneException(), Token));

        AssertSame(entry, await Backend.GetAsync(entry.Id, Token));
        await Backend.StoreAsync([entry with { Content = "after" }], Token);
        Assert.Equal("after", (await Backend.GetAsync(entry.Id, Token))!.Content);
    }

    [Fact]
    public async Task DeleteMany_Filter_RemovesWhatMatchesAndNothingElse()
    {
        var kept = SampleMemories.Entries(7);
        await Backend.StoreAsync([.. kept, .. SampleMemories.Entries(40).Select(static entry => entry with { Category = "gone", Tags = ["gone"] })], Token);

        var deleted = await Backend.DeleteManyAsync(All with { Category = "gone", Limit = 1, Offset = 3 }, Token);

        Assert.Equal(40, deleted);
        Assert.Equal(kept.Select(static entry => entry.Id).OrderDescending(), (await Backend.QueryAsync(All, Token)).Select(static entry => entry.Id));
        Assert.Equal(0, await Backend.CountAsync(All with { AnyTags = ["gone"] }, Token));
        Assert.Equal(0, await Backend.DeleteManyAsync(All with { Category = "gone" }, Token));
    }

    [Fact]
    public async Task GetStatistics_Filter_CountsWhatMatches()
    {
        var entries = SampleMemories.Entries(3);
        var (day, one) = (DateOnly.FromDateTime(entries[0].CreatedAt.UtcDateTime), entries[0] with { Category = "a", Project = "p", Outcome = TriggerOutcome.Failure, Occurrences = 5 });
        var two = entries[1] with { Category = "a", Project = "q", SupersededBy = one.Id, CreatedAt = one.CreatedAt.AddDays(-400) };
        await Backend.StoreAsync([one, two, entries[2] with { Category = "b" }], Token);

        var statistics = await Backend.GetStatisticsAsync(All with { Category = "a", Limit = 1 }, Token);

        Assert.Equal((2, 6, 1), (statistics.Total, statistics.Occurrences, statistics.Superseded));
        Assert.Equal(new Dictionary<string, long> { ["a"] = 2 }, statistics.ByCategory);
        Assert.Equal(new Dictionary<string, long> { ["p"] = 1, ["q"] = 1 }, statistics.ByProject);
        Assert.Equal(new Dictionary<TriggerOutcome, long> { [TriggerOutcome.Failure] = 1, [two.Outcome] = 1 }, statistics.ByOutcome);
        Assert.Equal(new Dictionary<DateOnly, long> { [day] = 1, [day.AddDays(-400)] = 1 }, statistics.ByDay);
        Assert.Equal((two.CreatedAt, one.CreatedAt), (statistics.Oldest, statistics.Newest));
        Assert.True(statistics.Bytes > 2 * one.Content.Length, $"{statistics.Bytes} bytes");
    }

    [Fact]
    public async Task GetStatistics_NothingThere_IsZero()
    {
        var statistics = await Backend.GetStatisticsAsync(All, Token);

        Assert.Equal((0, 0, 0L, null, null), (statistics.Total, statistics.Occurrences, statistics.Bytes, statistics.Oldest, statistics.Newest));
    }

    [Fact]
    public async Task ReadAll_ManyOfOneTime_ReturnsEachOnce()
    {
        var entries = SampleMemories.Entries(Math.Min(Many, 2_300)).Select(static (entry, i) => entry with { CreatedAt = SampleMemories.Time.AddSeconds(i / 2_100) }).ToList();
        foreach (var batch in entries.Chunk(500)) await Backend.StoreAsync(batch, Token);

        var read = new List<Guid>();
        await foreach (var entry in Backend.ReadAllAsync(All with { Limit = 3 }, Token)) read.Add(entry.Id);

        Assert.Equal(entries.OrderByDescending(static entry => entry.CreatedAt).ThenByDescending(static entry => entry.Id).Select(static entry => entry.Id), read);
    }

    [Fact]
    public async Task Delete_StoredEntry_RemovesItEverywhere()
    {
        var entry = SampleMemories.Entry("The deployment failed") with { Tags = ["ops"] };
        await Backend.StoreAsync([entry, SampleMemories.Entry()], Token);

        Assert.True(await Backend.DeleteAsync(entry.Id, Token));

        Assert.Null(await Backend.GetAsync(entry.Id, Token));
        Assert.Empty(await Backend.SearchAsync("deployment", All, Token));
        Assert.Equal(0, await Backend.CountAsync(All with { AnyTags = ["ops"] }, Token));
        Assert.False(await Backend.DeleteAsync(entry.Id, Token));
    }

    [Fact]
    public async Task Store_Concurrently_LosesNothing()
    {
        var batches = Enumerable.Range(0, 16).Select(_ => SampleMemories.Entries(20)).ToList();

        await Parallel.ForEachAsync(batches, Token, async (batch, token) =>
        {
            await Backend.StoreAsync(batch, token);
            Assert.NotNull(await Backend.GetAsync(batch[^1].Id, token));
            Assert.NotEmpty(await Backend.SearchAsync("entry number", All, token));
        });

        Assert.Equal(320, await Backend.CountAsync(All, Token));
    }

    [Fact]
    public async Task CheckHealth_Working_IsHealthy()
    {
        var health = await Backend.CheckHealthAsync(Token);

        Assert.True(health.IsHealthy, health.Description);
        Assert.Equal(Backend.Name, health.BackendName);
    }

    [Fact]
    public async Task Store_Canceled_StoresNothing()
    {
        var canceled = new CancellationToken(canceled: true);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await Backend.StoreAsync([SampleMemories.Entry()], canceled));

        Assert.Equal(0, await Backend.CountAsync(All, Token));
    }

    private static Guid Parent { get; } = SampleMemories.Id();

    private static Guid Successor { get; } = SampleMemories.Id();

    private static MemoryEntry Other { get; } = SampleMemories.Entry("The deployment went wrong") with { CreatedAt = SampleMemories.Time };

    private static MemoryEntry Wanted { get; } = SampleMemories.Entry("The deployment failed") with
    {
        Project = "wanted", Category = "wanted", Key = "wanted", EntityType = "wanted", EntityId = "wanted", Source = "wanted",
        TriggerType = TriggerType.DecisionPoint, Outcome = TriggerOutcome.Failure, TraceId = "0123456789abcdef0123456789abcdef",
        ParentId = Parent, Tags = ["wanted", "too"], CreatedAt = SampleMemories.Time.AddDays(1), Priority = TriggerPriority.Critical,
        SupersededBy = Successor, SupersededAt = SampleMemories.Time.AddDays(3), ExpiresAt = SampleMemories.Time.AddDays(90),
        Provenance = new Provenance { SessionId = "wanted" },
    };

    private static MemoryEntry Full() => Wanted with
    {
        Id = SampleMemories.Id(),
        Value = JsonSerializer.SerializeToElement(new { arguments = new { branch = "main", tries = 3 }, result = (string?)null }),
        Duration = TimeSpan.FromTicks(12_345_678),
        QualityScore = 0.75,
        UpdatedAt = SampleMemories.Time.AddDays(2),
        SpanId = "0123456789abcdef",
        Occurrences = 3_000_000_000,
        LastSeenAt = SampleMemories.Time.AddDays(5),
        SimilarTo = SampleMemories.Id(),
        Provenance = new Provenance
        {
            Module = "Shop.Deployment", TaskId = "task-1", SessionId = "wanted", CreatedBy = "ann", CreatedAt = SampleMemories.Time, UpdatedBy = "bob",
            UpdatedAt = SampleMemories.Time.AddHours(1),
        },
    };

    /// <summary>Fails unless a memory came back as it was stored.</summary>
    protected static void AssertSame(MemoryEntry expected, MemoryEntry? actual)
    {
        Assert.NotNull(actual);
        Assert.Equal(expected.Value.GetRawText(), actual.Value.GetRawText());
        Assert.Equal(expected.Tags, actual.Tags);
        Assert.Equal(expected with { Value = default, Tags = [] }, actual with { Value = default, Tags = [] });
    }
}
