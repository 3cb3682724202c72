using System.Text.Json;
using MemoryTriggers.Recall;
using Xunit;

namespace MemoryTriggers.TestKit;

/// <summary>One current value per project, user and name, whoever writes; and no memories that replace each other in a circle.</summary>
public abstract class OneCurrentValueConformance : IAsyncLifetime
{
    private const int Writers = 50;
    private const int Rounds = 10;
    private readonly List<IMemoryBackend> _opened = [];
    private MemoryModule _one = null!;
    private MemoryModule _other = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IMemoryBackend Store => _opened[0];

    public virtual async ValueTask InitializeAsync()
    {
        _one = Module(await OpenedAsync());
        _other = Module(await OpenedAsync());
    }

    public virtual async ValueTask DisposeAsync()
    {
        foreach (var store in _opened.Distinct()) await store.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Opens the store of the test again, as another process would; the same one where only one process can.</summary>
    protected abstract ValueTask<IMemoryBackend> OpenAsync();

    /// <summary>The clock of the modules; the store may have another.</summary>
    protected virtual TimeProvider Time { get; } = TimeProvider.System;

    /// <summary>Whether concurrent changes of one memory keep each version.</summary>
    protected virtual bool KeepsEveryVersion => true;

    [Fact]
    public async Task Preference_ManyWritersInTwoProcesses_IsOneMemoryWithAllOthersAsItsPast()
    {
        var ids = new Guid[Writers];
        await Parallel.ForAsync(0, Writers, new ParallelOptions { MaxDegreeOfParallelism = Writers, CancellationToken = Token }, async (writer, token) =>
        {
            for (var round = 0; round < Rounds; round++)
            {
                ids[writer] = await (writer % 2 == 0 ? _one : _other).Preferences.SetAsync("theme", Json($"\"{writer}/{round}\""), token);
                Assert.Single(await CurrentAsync("preferences", "theme"));
            }
        });

        var id = Assert.Single(ids.Distinct());
        var history = await _one.GetHistoryAsync(id, Token);
        Assert.Equal(id, Assert.Single(await CurrentAsync("preferences", "theme")).Id);
        Assert.Equal(history.Count, history.Select(static entry => entry.Value.GetString()).Distinct().Count());
        if (KeepsEveryVersion) Assert.Equal(Writers * Rounds, history.Count);
        // The last value of one of the writers.
        Assert.EndsWith($"/{Rounds - 1}", history[0].Value.GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Preference_SetInOneProcess_IsReadInTheOther()
    {
        for (var i = 0; i < 4; i++)
        {
            var (writer, reader) = i % 2 == 0 ? (_one, _other) : (_other, _one);
            Assert.Equal(i > 0 ? i - 1 : null, (await reader.Preferences.GetAsync("theme", Token))?.GetInt32());
            Assert.Equal(i > 0 ? 1 : 0, (await reader.Preferences.GetAllAsync(Token)).Count);

            await writer.Preferences.SetAsync("theme", Json($"{i}"), Token);

            Assert.Equal(i, (await reader.Preferences.GetAsync("theme", Token))!.Value.GetInt32());
            Assert.Equal(i, (await reader.Preferences.GetAllAsync(Token))["theme"].GetInt32());
        }
    }

    [Fact]
    public async Task Preference_Removed_NoEarlierValueComesBack()
    {
        for (var i = 0; i < 3; i++) await _one.Preferences.SetAsync("theme", Json($"{i}"), Token);

        Assert.True(await _other.Preferences.RemoveAsync("theme", Token));

        Assert.Null(await _one.Preferences.GetAsync("theme", Token));
        Assert.Equal(0, await Store.CountAsync(new() { AllProjects = true }, Token));
        Assert.False(await _one.Preferences.RemoveAsync("theme", Token));
    }

    [Fact]
    public async Task Preference_SeveralCurrentOnesFromBefore_TheNewestCountsAndAllBecomeHistory()
    {
        var before = Enumerable.Range(0, 5).Select(i => Legacy("theme", $"{i}", i == 2 ? 9 : i)).ToList();
        await Store.StoreAsync(before, Token);

        Assert.Equal(2, (await _one.Preferences.GetAsync("theme", Token))!.Value.GetInt32());
        Assert.Equal(2, (await _other.Preferences.GetAllAsync(Token))["theme"].GetInt32());
        var id = await _one.Preferences.SetAsync("theme", Json("7"), Token);

        Assert.Equal(id, Assert.Single(await CurrentAsync("preferences", "theme")).Id);
        Assert.Equal([7, 2, 4, 3, 1, 0], (await _other.GetHistoryAsync(id, Token)).Select(static entry => entry.Value.GetInt32()));
        Assert.True(await _one.Preferences.RemoveAsync("theme", Token));
        Assert.Equal(0, await Store.CountAsync(new() { AllProjects = true }, Token));
    }

    [Fact]
    public async Task Preference_SeveralCurrentOnesFromBefore_RemoveTakesAll()
    {
        var before = Enumerable.Range(0, 4).Select(i => Legacy("theme", $"{i}", i)).ToList();
        // The last one replaced another: it must not come back either.
        before[0] = before[0] with { SupersededBy = before[3].Id, SupersededAt = before[3].CreatedAt };
        await Store.StoreAsync(before, Token);

        Assert.True(await _one.Preferences.RemoveAsync("theme", Token));

        Assert.Null(await _other.Preferences.GetAsync("theme", Token));
        Assert.Equal(0, await Store.CountAsync(new() { AllProjects = true }, Token));
    }

    [Fact]
    public async Task Preference_OfAnotherUserProjectOrKind_IsAnotherOne()
    {
        var shared = await _one.Preferences.SetAsync("theme", Json("\"none\""), Token);
        Guid ann, bob;
        using (MemoryContext.Begin(new() { UserId = "ann" })) ann = await _one.Preferences.SetAsync("theme", Json("\"ann\""), Token);
        using (MemoryContext.Begin(new() { UserId = "bob" }))
        {
            Assert.Equal("none", (await _other.Preferences.GetAsync("theme", Token))!.Value.GetString());
            bob = await _other.Preferences.SetAsync("theme", Json("\"bob\""), Token);
            Assert.Equal("bob", (await _one.Preferences.GetAsync("theme", Token))!.Value.GetString());
            Assert.True(await _one.Preferences.RemoveAsync("theme", Token));
            Assert.False(await _one.Preferences.RemoveAsync("theme", Token));
        }

        var bank = await _one.SetAsync(new MemoryDraft { Project = "bank", Category = "preferences", EntityType = "user_preference", Key = "theme" }, Token);
        var tool = await _one.SetAsync(new MemoryDraft { Category = "tools", Key = "theme" }, Token);

        Assert.Equal(5, new[] { shared, ann, bob, bank, tool }.Distinct().Count());
        Assert.Equal("none", (await _one.Preferences.GetAsync("theme", Token))!.Value.GetString());
        using (MemoryContext.Begin(new() { UserId = "ann" })) Assert.Equal("ann", (await _one.Preferences.GetAllAsync(Token))["theme"].GetString());
    }

    [Fact]
    public async Task DeviceTaskAndDraft_ManyWriters_AreOneMemoryEach()
    {
        await Parallel.ForAsync(0, 12, Token, async (writer, token) =>
        {
            var module = writer % 2 == 0 ? _one : _other;
            await module.SetDeviceAsync(Json($$"""{"n":{{writer}}}"""), token);
            await module.Tasks.RecordAsync("7", Json($$"""{"n":{{writer}}}"""), cancellationToken: token);
            await module.SetAsync(new MemoryDraft { Category = "tools", Key = "git", Value = Json($"{writer}") }, token);
        });

        Assert.Single(await CurrentAsync("devices", "device_info"));
        Assert.Single(await CurrentAsync("tasks", "task_7"));
        Assert.Single(await CurrentAsync("tools", "git"));
        Assert.NotNull(await _one.GetDeviceAsync(Token));
        if (KeepsEveryVersion) Assert.Equal(12, await _other.Tasks.GetHistoryAsync("7", Token).CountAsync(Token));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public async Task Supersede_ClosingACircle_IsRefused(int length)
    {
        var ids = await _one.CreateManyAsync(Enumerable.Range(0, length).Select(static i => new MemoryDraft { Key = $"{i}" }), Token);
        for (var i = 1; i < length; i++) Assert.True(await _one.SupersedeAsync(ids[i - 1], ids[i], Token));

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(async () => await _other.SupersedeAsync(ids[^1], ids[0], Token));

        Assert.Contains("hide the other", exception.Message, StringComparison.Ordinal);
        Assert.Equal(ids[^1], Assert.Single(await _one.SearchAsync(new MemoryQuery(), Token)).Id);
    }

    [Fact]
    public async Task Supersede_EachByTheOtherAtOnce_OneStaysCurrent()
    {
        for (var i = 0; i < 20; i++)
        {
            var ids = await _one.CreateManyAsync([new MemoryDraft { Key = $"{i}a" }, new MemoryDraft { Key = $"{i}b" }], Token);
            // Without transactions two writers at once cannot be told apart.
            bool[] done = KeepsEveryVersion
                ? await Task.WhenAll(TryAsync(_one, ids[0], ids[1]), TryAsync(_other, ids[1], ids[0]))
                : [await TryAsync(_one, ids[0], ids[1]), await TryAsync(_other, ids[1], ids[0])];

            Assert.Single(done, static succeeded => succeeded);
            Assert.Single(await Store.GetManyAsync([.. ids], Token), static entry => entry.SupersededBy is null);
        }

        static Task<bool> TryAsync(MemoryModule module, Guid id, Guid successor) => Task.Run(async () =>
        {
            try
            {
                return await module.SupersedeAsync(id, successor, Token);
            }
            catch (InvalidOperationException)
            {
                return false;
            }
        });
    }

    [Fact]
    public async Task Circle_FromBefore_IsOpenedByCleanUpUpdateAndSupersede()
    {
        var (a, b, c) = (Any.Entry("a"), Any.Entry("b"), Any.Entry("c"));
        await Store.StoreAsync(
            [a with { SupersededBy = b.Id, SupersededAt = Any.Time.AddDays(1) }, b with { SupersededBy = a.Id, SupersededAt = Any.Time.AddDays(2) }, c], Token);

        Assert.True(await _one.UpdateAsync(b.Id, new MemoryUpdate { Content = "b2" }, Token));

        Assert.Null((await Store.GetAsync(b.Id, Token))!.SupersededBy);
        Assert.Equal(b.Id, (await Store.GetAsync(a.Id, Token))!.SupersededBy);
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await _one.UpdateAsync(a.Id, new MemoryUpdate { Content = "a2" }, Token));
        await Store.StoreAsync([(await Store.GetAsync(b.Id, Token))! with { SupersededBy = a.Id, SupersededAt = Any.Time.AddDays(3) }], Token);
        Assert.True(await _one.SupersedeAsync(c.Id, a.Id, Token));
        Assert.Equal(b.Id, Assert.Single(await _other.SearchAsync(new MemoryQuery { AllProjects = true }, Token)).Id);
    }

    private async ValueTask<IMemoryBackend> OpenedAsync()
    {
        var store = await OpenAsync();
        _opened.Add(store);
        return store;
    }

    private MemoryModule Module(IMemoryBackend store) => new(store, new MemoryRecall(store, "shop", Time), "shop", Time);

    private ValueTask<IReadOnlyList<MemoryEntry>> CurrentAsync(string category, string key) =>
        Store.QueryAsync(new() { Project = "shop", Category = category, Key = key, CurrentAt = DateTimeOffset.MaxValue, Limit = 1_000 }, Token);

    private static MemoryEntry Legacy(string key, string value, int minute) => Any.Entry(key) with
    {
        Key = key,
        Category = "preferences",
        EntityType = "user_preference",
        Project = "shop",
        Value = Json(value),
        CreatedAt = Any.Time.AddMinutes(minute),
        UpdatedAt = Any.Time.AddMinutes(minute),
        Provenance = new Provenance { Module = "preferences_manager" },
    };

    private static JsonElement Json(string text) => JsonElement.Parse(text);
}
