using System.Text.Json;
using System.Text.Json.Nodes;
using MemoryTriggers.Memories;
using MemoryTriggers.Recall;
using MemoryTriggers.TestKit;

namespace MemoryTriggers.Runtime.Tests.Memories;

public sealed class MemoryModuleTests : IAsyncDisposable
{
    private readonly ManualTimeProvider _time = new();
    private readonly InMemoryMemoryBackend _backend = new();
    private readonly MemoryModule _memory;

    public MemoryModuleTests() => _memory = new MemoryModule(_backend, new MemoryRecall(_backend, "shop", _time), "shop", _time);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Create_EveryProperty_IsReadBack()
    {
        var draft = new MemoryDraft
        {
            Key = "tool_git", Category = "tools", Value = Json("""{"commands":["push"]}"""), Content = "git can push", Tags = ["learned", "tool", "learned"],
            EntityType = "tool", EntityId = "git", Source = "teacher", Priority = TriggerPriority.High, Outcome = TriggerOutcome.Canceled, QualityScore = 0.5,
            TimeToLive = TimeSpan.FromDays(1), Module = "tool_teaching_module", TaskId = "task_123",
        };

        var id = await _memory.CreateAsync(draft, Token);

        var now = _time.GetUtcNow();
        var entry = await _memory.GetAsync(id, Token);
        Assert.Equal("""{"commands":["push"]}""", entry!.Value.GetRawText());
        Assert.Equal(["learned", "tool"], entry.Tags);
        var expected = new MemoryEntry
        {
            Id = id, Key = "tool_git", Category = "tools", Content = "git can push", EntityType = "tool", EntityId = "git", Project = "shop", Source = "teacher",
            Priority = TriggerPriority.High, Outcome = TriggerOutcome.Canceled, QualityScore = 0.5, CreatedAt = now, UpdatedAt = now, ExpiresAt = now.AddDays(1),
            Provenance = new Provenance { Module = "tool_teaching_module", TaskId = "task_123", CreatedBy = "tool_teaching_module", CreatedAt = now },
        };
        Assert.Equal(expected, entry with { Value = expected.Value, Tags = expected.Tags });
    }

    [Fact]
    public async Task Create_TimeUserAndSession_AreItsOwn()
    {
        var then = new DateTimeOffset(2025, 3, 4, 5, 6, 7, TimeSpan.FromHours(2));
        using var context = MemoryContext.Begin(new() { UserId = "bob", SessionId = "s-1" });

        var own = await ReadAsync(new() { Key = "k", UserId = "ann", SessionId = "s-2", CreatedAt = then });
        var ofContext = await ReadAsync(new() { Key = "k" });
        var ofNoUser = await ReadAsync(new() { Key = "k", AllUsers = true });

        Assert.Equal(("ann", "s-2"), (own.Provenance.UserId, own.Provenance.SessionId));
        Assert.Equal((then, then, TimeSpan.Zero), (own.CreatedAt, own.UpdatedAt, own.CreatedAt.Offset));
        Assert.Equal(_time.GetUtcNow(), own.Provenance.CreatedAt);
        Assert.Equal(("bob", "s-1"), (ofContext.Provenance.UserId, ofContext.Provenance.SessionId));
        Assert.Equal((null, "s-1"), (ofNoUser.Provenance.UserId, ofNoUser.Provenance.SessionId));
        Assert.Equal(own.Id, (await _backend.QueryAsync(new() { AllProjects = true, Limit = 3 }, Token))[2].Id);

        async Task<MemoryEntry> ReadAsync(MemoryDraft draft) => (await _backend.GetAsync(await _memory.CreateAsync(draft, Token), Token))!;
    }

    [Fact]
    public async Task Create_ImpossibleTimeOrEmptyName_IsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(static () => new MemoryDraft { Key = "k", CreatedAt = DateTimeOffset.MinValue });
        Assert.Throws<ArgumentException>(static () => new MemoryDraft { Key = "k", UserId = " " });
        Assert.Throws<ArgumentException>(static () => new MemoryDraft { Key = "k", SessionId = "" });
        var ahead = new MemoryDraft { Key = "k", CreatedAt = _time.GetUtcNow().AddMinutes(5) };

        await _memory.CreateAsync(ahead, Token);

        await Assert.ThrowsAsync<ArgumentException>(async () =>
            await _memory.CreateAsync(ahead with { CreatedAt = ahead.CreatedAt!.Value.AddTicks(1) }, Token));
        await Assert.ThrowsAsync<ArgumentException>(async () =>
            await _memory.CreateAsync(new() { Key = "k", UserId = "ann", AllUsers = true }, Token));
        Assert.Equal(1, await _backend.CountAsync(new() { AllProjects = true }, Token));
    }

    [Fact]
    public async Task Create_OnlyAKey_HasTheReferencesDefaults()
    {
        var entry = await _memory.GetAsync(await _memory.CreateAsync(new MemoryDraft { Key = "k" }, Token), Token);

        Assert.Equal(("k", "project", "unknown", "none"), (entry!.Content, entry.Category, entry.Provenance.Module, entry.Provenance.TaskId));
        Assert.Equal("{}", entry.Value.GetRawText());
        await Assert.ThrowsAsync<ArgumentException>(async () => await _memory.CreateAsync(new MemoryDraft { Key = "" }, Token));
    }

    [Theory]
    [InlineData("""{"mode":"dark"}""", "k: {\"mode\":\"dark\"}")]
    [InlineData("\"two\\nlines\"", "k: two lines")]
    [InlineData("[]", "k: []")]
    [InlineData("null", "k")]
    public async Task Create_WithoutALine_MakesOneOfKeyAndValue(string value, string line)
    {
        var entry = await _memory.GetAsync(await _memory.CreateAsync(new MemoryDraft { Key = "k", Value = Json(value) }, Token), Token);

        Assert.Equal(line, entry!.Content);
    }

    [Fact]
    public async Task Create_LongValue_LineIsCutBetweenCharacters()
    {
        var smiles = string.Concat(Enumerable.Repeat("😀", 400));

        var odd = await _memory.GetAsync(await _memory.CreateAsync(new MemoryDraft { Key = "k", Value = MemoryValue.Of(JsonValue.Create(smiles)) }, Token), Token);
        var even = await _memory.GetAsync(await _memory.CreateAsync(new MemoryDraft { Key = "kk", Value = MemoryValue.Of(JsonValue.Create(smiles)) }, Token), Token);

        Assert.All([odd!, even!], static entry =>
        {
            Assert.InRange(entry.Content.Length, 500, 501);
            Assert.EndsWith("😀…", entry.Content, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Get_ByEverything_FindsIt()
    {
        var id = await _memory.CreateAsync(new MemoryDraft { Key = "theme", Category = "preferences", EntityType = "task", EntityId = "task_123", Tags = ["ui", "important"] }, Token);
        await _memory.CreateAsync(new MemoryDraft { Key = "other", Tags = ["x"] }, Token);

        Assert.Equal(id, (await _memory.GetByKeyAsync("theme", cancellationToken: Token))!.Id);
        Assert.Equal(id, (await _memory.GetByCategoryAsync("preferences", Token).SingleAsync(Token)).Id);
        Assert.Equal(id, (await _memory.GetByEntityAsync("task", "task_123", Token).SingleAsync(Token)).Id);
        Assert.Equal(id, (await _memory.GetByEntityAsync("task", cancellationToken: Token).SingleAsync(Token)).Id);
        Assert.Equal(id, (await _memory.GetByTagsAsync(["important", "nowhere"], Token).SingleAsync(Token)).Id);
        Assert.Equal(id, Assert.Single(await _memory.SearchAsync(new MemoryQuery { Category = "preferences", EntityType = "task", AnyTags = ["ui"] }, Token)).Id);
        Assert.Equal(id, Assert.Single(await _memory.SearchAsync("theme", cancellationToken: Token)).Entry.Id);
        Assert.Throws<ArgumentException>(() => _memory.GetByTagsAsync([], Token));
    }

    [Fact]
    public async Task Update_Value_KeepsWhatItWas()
    {
        var id = await _memory.CreateAsync(new MemoryDraft { Key = "theme", Value = Json("""{"mode":"dark"}"""), Tags = ["ui"], Module = "ui_module" }, Token);
        var created = _time.GetUtcNow();
        _time.Advance(TimeSpan.FromHours(1));

        var updated = await _memory.UpdateAsync(id, new MemoryUpdate { Value = Json("""{"mode":"light"}"""), Tags = ["ui", "updated"], Module = "other_module" }, Token);

        var history = await _memory.GetHistoryAsync(id, Token);
        Assert.True(updated);
        Assert.Equal(["theme: {\"mode\":\"light\"}", "theme: {\"mode\":\"dark\"}"], history.Select(static entry => entry.Content));
        Assert.Equal(["ui", "updated"], history[0].Tags);
        Assert.Equal(("ui_module", "other_module", created, created.AddHours(1)), (history[0].Provenance.Module, history[0].Provenance.UpdatedBy, history[0].CreatedAt, history[0].UpdatedAt));
        Assert.Equal((id, (DateTimeOffset?)created.AddHours(1)), (history[1].SupersededBy, history[1].SupersededAt));
        Assert.Equal(id, Assert.Single(await _memory.SearchAsync(new MemoryQuery { Key = "theme" }, Token)).Id);
        Assert.Empty(await _memory.SearchAsync("dark", cancellationToken: Token));
    }

    [Fact]
    public async Task Update_Several_AsOfReadsEachVersion()
    {
        var start = _time.GetUtcNow();
        var id = await _memory.CreateAsync(new MemoryDraft { Key = "k", Content = "0" }, Token);
        for (var i = 1; i <= 3; i++)
        {
            _time.Advance(TimeSpan.FromHours(1));
            await _memory.UpdateAsync(id, new MemoryUpdate { Content = $"{i}" }, Token);
        }

        var seen = new List<string?>();
        for (var hour = -1; hour <= 3; hour++) seen.Add((await _memory.GetAsOfAsync(id, start.AddHours(hour).AddMinutes(30), Token))?.Content);
        var listed = await _memory.SearchAsync(new MemoryQuery { AsOf = start.AddHours(2) }, Token);

        Assert.Equal([null, "0", "1", "2", "3"], seen);
        Assert.Equal("2", Assert.Single(listed).Content);
    }

    [Fact]
    public async Task Update_ClockStandsStill_EveryVersionIsKept()
    {
        var id = await _memory.CreateAsync(new MemoryDraft { Key = "k", Content = "0" }, Token);

        for (var i = 1; i <= 5; i++) await _memory.UpdateAsync(id, new MemoryUpdate { Content = $"{i}" }, Token);

        Assert.Equal(["5", "4", "3", "2", "1", "0"], (await _memory.GetHistoryAsync(id, Token)).Select(static entry => entry.Content));
    }

    [Fact]
    public async Task Update_Concurrently_LosesNoVersion()
    {
        var id = await _memory.CreateAsync(new MemoryDraft { Key = "k", Content = "first" }, Token);

        await Parallel.ForAsync(0, 40, Token, async (i, token) => await _memory.UpdateAsync(id, new MemoryUpdate { Content = $"{i}" }, token));

        Assert.Equal(41, (await _memory.GetHistoryAsync(id, Token)).Select(static entry => entry.Content).Distinct().Count());
    }

    [Fact]
    public async Task Update_EarlierVersion_IsRefused()
    {
        var id = await _memory.CreateAsync(new MemoryDraft { Key = "k" }, Token);
        await _memory.UpdateAsync(id, new MemoryUpdate { Content = "new" }, Token);
        var version = (await _memory.GetHistoryAsync(id, Token))[1];

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await _memory.UpdateAsync(version.Id, new MemoryUpdate { Content = "other past" }, Token));

        Assert.Equal("k", (await _memory.GetHistoryAsync(id, Token))[1].Content);
        Assert.False(await _memory.UpdateAsync(Guid.Empty, new MemoryUpdate(), Token));
    }

    [Fact]
    public async Task Supersede_Other_LeavesItOutUntilTheOtherIsDeleted()
    {
        var (wrong, right) = (await _memory.CreateAsync(new MemoryDraft { Key = "fact", Content = "wrong" }, Token), await _memory.CreateAsync(new MemoryDraft { Key = "fact", Content = "right" }, Token));

        Assert.True(await _memory.SupersedeAsync(wrong, right, Token));
        Assert.Equal(right, Assert.Single(await _memory.SearchAsync(new MemoryQuery(), Token)).Id);
        Assert.Single(await _memory.GetHistoryAsync(right, Token));
        Assert.False(await _memory.SupersedeAsync(wrong, Guid.Empty, Token));

        Assert.True(await _memory.DeleteAsync(right, Token));
        Assert.Equal(wrong, Assert.Single(await _memory.SearchAsync(new MemoryQuery(), Token)).Id);
    }

    [Fact]
    public async Task Delete_ChangedMemory_RemovesItsPastToo()
    {
        var id = await _memory.CreateAsync(new MemoryDraft { Key = "k" }, Token);
        await _memory.UpdateAsync(id, new MemoryUpdate { Content = "new" }, Token);

        Assert.True(await _memory.DeleteAsync(id, Token));

        Assert.Equal(0, await _backend.CountAsync(new MemoryQuery { AllProjects = true }, Token));
        Assert.False(await _memory.DeleteAsync(id, Token));
        Assert.Empty(await _memory.GetHistoryAsync(id, Token));
    }

    [Fact]
    public async Task DeleteMany_NothingNamed_IsRefused()
    {
        await _memory.CreateManyAsync([new MemoryDraft { Key = "a", Tags = ["t"] }, new MemoryDraft { Key = "b" }, new MemoryDraft { Key = "c", Project = "bank", Tags = ["t"] }], Token);

        await Assert.ThrowsAsync<ArgumentException>(async () => await _memory.DeleteManyAsync(new MemoryQuery(), Token));
        await Assert.ThrowsAsync<ArgumentException>(async () => await _memory.DeleteManyAsync(new MemoryQuery { AllProjects = true, Limit = 3 }, Token));
        await Assert.ThrowsAsync<ArgumentException>(async () => await _memory.DeleteManyAsync(new MemoryQuery { Project = "shop" }, Token));

        Assert.Equal(1, await _memory.DeleteManyAsync(new MemoryQuery { AnyTags = ["t"] }, Token));
        Assert.Equal(1, await _memory.DeleteManyAsync(new MemoryQuery { Key = "b" }, Token));
        Assert.Equal(1, await _backend.CountAsync(new MemoryQuery { AllProjects = true }, Token));
    }

    [Fact]
    public async Task ClearAll_OtherConfirmation_DeletesNothing()
    {
        await _memory.CreateManyAsync([new MemoryDraft { Key = "a" }, new MemoryDraft { Key = "b", Project = "bank" }], Token);

        await Assert.ThrowsAsync<ArgumentException>(async () => await _memory.ClearAllAsync("yes", Token));
        Assert.Equal(2, await _backend.CountAsync(new MemoryQuery { AllProjects = true }, Token));

        Assert.Equal(1, await _memory.ClearAllAsync(MemoryModule.ClearConfirmation, Token));
        Assert.Equal(1, await _memory.ClearAllAsync(MemoryModule.ClearConfirmation, new MemoryQuery { AllProjects = true }, Token));
        Assert.Equal(0, await _backend.CountAsync(new MemoryQuery { AllProjects = true }, Token));
    }

    [Fact]
    public async Task Preferences_SetTwice_OneMemoryWithItsHistory()
    {
        var id = await _memory.Preferences.SetAsync("theme", Json("""{"mode":"dark"}"""), Token);
        await _memory.Preferences.SetAsync("size", Json("12"), Token);
        // The same key elsewhere is something else.
        await _memory.CreateAsync(new MemoryDraft { Key = "theme", Category = "books" }, Token);

        Assert.Equal(id, await _memory.Preferences.SetAsync("theme", Json("""{"mode":"light"}"""), Token));

        var all = await _memory.Preferences.GetAllAsync(Token);
        Assert.Equal(["size", "theme"], all.Keys.Order());
        Assert.Equal("""{"mode":"light"}""", all["theme"].GetRawText());
        Assert.Equal(12, (await _memory.Preferences.GetAsync("size", Token))!.Value.GetInt32());
        Assert.Equal(2, (await _memory.GetHistoryAsync(id, Token)).Count);
        var entry = await _memory.GetAsync(id, Token);
        Assert.Equal(("preferences", "user_preference", "preferences_manager"), (entry!.Category, entry.EntityType, entry.Provenance.Module));
        Assert.True(await _memory.Preferences.RemoveAsync("theme", Token));
        Assert.Null(await _memory.Preferences.GetAsync("theme", Token));
        Assert.False(await _memory.Preferences.RemoveAsync("theme", Token));
    }

    [Fact]
    public async Task Device_SetTwice_TheLaterCounts()
    {
        Assert.Null(await _memory.GetDeviceAsync(Token));

        var id = await _memory.SetDeviceAsync(Json("""{"name":"laptop"}"""), Token);
        Assert.Equal(id, await _memory.SetDeviceAsync(Json("""{"name":"desktop"}"""), Token));

        Assert.Equal("desktop", (await _memory.GetDeviceAsync(Token))!.Value.GetProperty("name").GetString());
        var entry = await _memory.GetByKeyAsync("device_info", cancellationToken: Token);
        Assert.Equal(("devices", "device", "device_manager"), (entry!.Category, entry.EntityType, entry.Provenance.Module));
    }

    [Fact]
    public async Task Tasks_RecordedAgain_AreAllInTheHistory()
    {
        var first = await _memory.Tasks.RecordAsync("1", Json("""{"status":"failed","error":"disk full"}"""), ["failed"], Token);
        var second = await _memory.Tasks.RecordAsync("1", Json("""{"status":"completed"}"""), cancellationToken: Token);
        _time.Advance(TimeSpan.FromSeconds(1));
        var third = await _memory.Tasks.RecordAsync("2", Json("[]"), cancellationToken: Token);

        Assert.Equal(first, second);
        Assert.NotEqual(first, third);
        Assert.Equal(["task_2: []", "task_1: {\"status\":\"completed\"}", "task_1: {\"status\":\"failed\",\"error\":\"disk full\"}"],
            await _memory.Tasks.GetHistoryAsync(cancellationToken: Token).Select(static entry => entry.Content).ToListAsync(Token));
        Assert.Equal([TriggerOutcome.Success, TriggerOutcome.Failure],
            await _memory.Tasks.GetHistoryAsync("1", Token).Select(static entry => entry.Outcome).ToListAsync(Token));
        Assert.Single(await _memory.Tasks.GetHistoryAsync(cancellationToken: Token).Take(1).ToListAsync(Token));
        var latest = await _memory.Tasks.GetAsync("1", Token);
        Assert.Equal(("task_1", "tasks", "task", "1", "task_executor"), (latest!.Key, latest.Category, latest.EntityType, latest.EntityId, latest.Provenance.Module));
        Assert.Equal(["executed"], latest.Tags);
        Assert.Equal(TriggerOutcome.Success, latest.Outcome);
        Assert.Null(await _memory.Tasks.GetAsync("3", Token));
    }

    [Fact]
    public async Task Session_Nested_InnermostCounts()
    {
        using (_memory.BeginSession("outer"))
        {
            await _memory.CreateAsync(new MemoryDraft { Key = "1" }, Token);
            using (var inner = _memory.BeginSession())
            {
                await Task.WhenAll(_memory.CreateAsync(new MemoryDraft { Key = "2" }, Token).AsTask(), Task.Run(async () => await _memory.CreateAsync(new MemoryDraft { Key = "3" }, Token), Token));
                Assert.Equal(2, await _memory.GetSessionAsync(inner.Id, Token).CountAsync(Token));
            }

            await _memory.CreateAsync(new MemoryDraft { Key = "4" }, Token);
        }

        await _memory.CreateAsync(new MemoryDraft { Key = "5" }, Token);
        Assert.Equal(["4", "1"], await _memory.GetSessionAsync("outer", Token).Select(static entry => entry.Key).ToListAsync(Token));
    }

    [Fact]
    public async Task GetStatistics_Default_CountsWhatIsCurrentInTheProject()
    {
        var id = await _memory.CreateAsync(new MemoryDraft { Key = "a" }, Token);
        await _memory.UpdateAsync(id, new MemoryUpdate { Content = "b" }, Token);
        await _memory.CreateAsync(new MemoryDraft { Key = "c", Project = "bank" }, Token);

        Assert.Equal(1, (await _memory.GetStatisticsAsync(cancellationToken: Token)).Total);
        var all = await _memory.GetStatisticsAsync(new MemoryQuery { AllProjects = true, IncludePast = true }, Token);
        Assert.Equal((3, 1), (all.Total, all.Superseded));
    }

    [Theory]
    [InlineData("sqlite", "memory.db")]
    [InlineData("json", "memory.json")]
    public async Task Open_Again_FindsWhatWasKept(string type, string file)
    {
        using var folder = new TemporaryDirectory();
        await using (var memory = await MemoryModule.OpenAsync(folder.Path, type, cancellationToken: Token)) await memory.Preferences.SetAsync("theme", Json("\"dark\""), Token);

        await using var again = await MemoryModule.OpenAsync(folder.Path, type, cancellationToken: Token);

        Assert.Equal("dark", (await again.Preferences.GetAsync("theme", Token))!.Value.GetString());
        Assert.True(File.Exists(Path.Combine(folder.Path, file)));
    }

    [Fact]
    public async Task Open_UnknownBackend_SaysWhichAreKnown()
    {
        var exception = await Assert.ThrowsAsync<ArgumentException>(async () => await MemoryModule.OpenAsync(backendType: "oracle", cancellationToken: Token));

        Assert.StartsWith("Unknown backend type: oracle", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void IsVersion_OwnMemoryThatWasReplaced_IsNone()
    {
        var entry = Any.Entry("a");
        var versions = MemoryVersions.Change(entry, static current => current with { Content = "b" }, "me", _time.GetUtcNow());

        Assert.True(MemoryVersions.IsVersion(versions[0]));
        Assert.False(MemoryVersions.IsVersion(versions[1]));
        Assert.False(MemoryVersions.IsVersion(entry with { SupersededBy = versions[1].Id }));
        Assert.Equal(entry.Id.ToString()[..13], versions[0].Id.ToString()[..13]);
    }

    public ValueTask DisposeAsync() => _backend.DisposeAsync();

    private static JsonElement Json(string text) => JsonElement.Parse(text);
}
