namespace MemoryTriggers.Conformance;

// What is asked for is found, and nothing else.
public abstract partial class MemoryBackendConformance
{
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
    public async Task Query_ManyMemories_PagesNeitherRepeatNorSkip()
    {
        foreach (var batch in SampleMemories.Entries(Many).Chunk(1_000)) await Backend.StoreAsync(batch, Token);

        var seen = new List<Guid>();
        while (await Backend.QueryAsync(All with { Offset = seen.Count }, Token) is { Count: > 0 } page)
            seen.AddRange(page.Select(static entry => entry.Id));

        Assert.Equal(Many, seen.Count);
        Assert.Equal(Many, seen.Distinct().Count());
        Assert.Equal(seen.OrderDescending(), seen);
        Assert.Equal(Many, await Backend.CountAsync(All, Token));
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
        { "user", new() { UserId = "wanted" } },
        { "user of all users", new() { UserId = "wanted", AllUsers = true } },
        { "user and project", new() { UserId = "wanted", VisibleTo = "wanted", Project = "wanted" } },
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
    public async Task Query_VisibleTo_LeavesOutWhatIsOfAnotherUser()
    {
        var (ofNoUser, ofAnn, ofBob) = (SampleMemories.Entry("deployment of no user"), Of("ann"), Of("bob"));
        await Backend.StoreAsync([ofNoUser, ofAnn, ofBob], Token);
        var query = All with { VisibleTo = "ann" };

        var found = await Backend.QueryAsync(query, Token);
        var searched = await Backend.SearchAsync("deployment", query, Token);
        var statistics = await Backend.GetStatisticsAsync(query, Token);

        Assert.Equal([ofAnn.Id, ofNoUser.Id], found.Select(static entry => entry.Id));
        Assert.Equal([ofNoUser.Id, ofAnn.Id], searched.Select(static hit => hit.Entry.Id).Order());
        Assert.Equal((2, 2), (await Backend.CountAsync(query, Token), statistics.Total));
        Assert.Equal(ofNoUser.Id, Assert.Single(await Backend.QueryAsync(query with { VisibleTo = "eve" }, Token)).Id);
        Assert.Equal(ofNoUser.Id, Assert.Single(await Backend.QueryAsync(query with { VisibleTo = "" }, Token)).Id);
        Assert.Equal(2, await Backend.DeleteManyAsync(query, Token));
        AssertSame(ofBob, Assert.Single(await Backend.QueryAsync(All, Token)));

        static MemoryEntry Of(string user) => SampleMemories.Entry($"deployment of {user}") with { Provenance = new() { UserId = user } };
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
        var replaced = SampleMemories.Entry("The deployment failed") with
        {
            SupersededBy = successor.Id,
            SupersededAt = SampleMemories.Time,
        };
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
        var first = SampleMemories.Entry("first") with
        {
            CreatedAt = start,
            UpdatedAt = start,
            SupersededBy = second.Id,
            SupersededAt = start.AddDays(5),
        };
        await Backend.StoreAsync([first, second], Token);

        var found = await Backend.QueryAsync(All with { AsOf = start.AddDays(day) }, Token);

        Assert.Equal(expected, found.Select(static entry => entry.Content));
    }

    [Fact]
    public async Task GetStatistics_Filter_CountsWhatMatches()
    {
        var entries = SampleMemories.Entries(3);
        var (day, one) = (DateOnly.FromDateTime(entries[0].CreatedAt.UtcDateTime),
            entries[0] with { Category = "a", Project = "p", Outcome = TriggerOutcome.Failure, Occurrences = 5 });
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

        Assert.Equal((0, 0, 0L, null, null),
            (statistics.Total, statistics.Occurrences, statistics.Bytes, statistics.Oldest, statistics.Newest));
    }

    [Fact]
    public async Task ReadAll_ManyOfOneTime_ReturnsEachOnce()
    {
        var entries = SampleMemories.Entries(Math.Min(Many, 2_300))
            .Select(static (entry, i) => entry with { CreatedAt = SampleMemories.Time.AddSeconds(i / 2_100) }).ToList();
        foreach (var batch in entries.Chunk(500)) await Backend.StoreAsync(batch, Token);

        var read = new List<Guid>();
        await foreach (var entry in Backend.ReadAllAsync(All with { Limit = 3 }, Token)) read.Add(entry.Id);

        Assert.Equal(entries.OrderByDescending(static entry => entry.CreatedAt).ThenByDescending(static entry => entry.Id)
            .Select(static entry => entry.Id), read);
    }
}
