using System.Text.Json;
using MemoryTriggers.Files;
using MemoryTriggers.Memories;
using MemoryTriggers.Policies;
using MemoryTriggers.Recall;
using MemoryTriggers.Retention;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;
using MemoryTriggers.Problems;

namespace MemoryTriggers.TestKit;

/// <summary>Deleting deletes: whatever deletes a memory, its earlier versions go with it, and no other memory.</summary>
public abstract class DeletionConformance : IAsyncLifetime
{
    private static readonly MemoryQuery All = new() { AllProjects = true, Limit = 1_000 };
    private IMemoryBackend _store = null!;
    private MemoryModule _memory = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>The ways to delete the memory with that id, its key <c>changed</c> and its tag <c>now</c>.</summary>
    public static TheoryData<string> Ways =>
        ["by id", "by tag", "by key", "everything of its project", "by a policy", "at its time", "after its period"];

    public async ValueTask InitializeAsync()
    {
        _store = await OpenAsync();
        _memory = new MemoryModule(_store, new MemoryRecall(_store, "shop", TimeProvider.System), "shop", TimeProvider.System);
    }

    public virtual async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Opens the store of the test.</summary>
    protected abstract ValueTask<IMemoryBackend> OpenAsync();

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Delete_OfAChangedMemory_TakesItsVersionsAndNothingElse(string way)
    {
        var other = await ChangedAsync("other", "other");
        var id = await ChangedAsync("changed", "now");
        Assert.Equal(3, (await _memory.GetHistoryAsync(id, new() { AllProjects = true }, Token)).Count);

        var deleted = await DeleteAsync(way, id);

        Assert.Equal(1, deleted > 1 ? 1 : deleted);
        var left = await _store.QueryAsync(All, Token);
        Assert.Equal(3, left.Count);
        Assert.All(left, entry => Assert.True(entry.Id == other || entry.SupersededBy == other, entry.Content));
    }

    [Fact]
    public async Task DeleteMany_OfAnEarlierVersionOnly_LeavesTheMemory()
    {
        var id = await ChangedAsync("changed", "now");

        Assert.Equal(2, await _memory.DeleteManyAsync(new() { AnyTags = ["before"], AllProjects = true }, Token));

        Assert.Equal(id, Assert.Single(await _store.QueryAsync(All, Token)).Id);
    }

    [Fact]
    public async Task DeleteMany_OfManyChangedMemories_CountsVersionsToo()
    {
        for (var i = 0; i < 12; i++) await ChangedAsync($"k{i}", "now");

        Assert.Equal(36, await _memory.DeleteManyAsync(new() { AnyTags = ["now"], AllProjects = true }, Token));

        Assert.Equal(0, await _store.CountAsync(All, Token));
    }

    [Fact]
    public async Task Policy_DeletesWhatTookAnothersPlace_TheOtherIsThereAgain()
    {
        var (one, two) = (await ChangedAsync("one", "now"), await ChangedAsync("two", "now"));
        Assert.True(await _memory.SupersedeAsync(one, two, Sold, Token));

        Assert.Equal(1, await DeleteAsync("by a policy", two));

        Assert.Null((await _store.GetAsync(one, Token))!.SupersededBy);
        Assert.Equal(3, await _store.CountAsync(All, Token));
    }

    private static MemoryQuery Sold => new() { Project = "sold" };

    // Twice changed; the present differs from its versions in tag, line, category and project.
    private async Task<Guid> ChangedAsync(string key, string tag)
    {
        var id = await _memory.CreateAsync(new() { Key = key, Content = "first", Category = "audit", Tags = ["before"] }, Token);
        Assert.True(await _memory.UpdateAsync(id, new() { Content = "second" }, Token));
        await _store.ChangeAsync(id, current => MemoryVersions.Change(
            current!, entry => entry with { Tags = [tag], Project = "sold", Category = $"category of {key}" }, "test", TimeProvider.System.GetUtcNow()), Token);
        return id;
    }

    private async Task<long> DeleteAsync(string way, Guid id)
    {
        switch (way)
        {
            case "by id":
                return await _memory.DeleteAsync(id, Sold, Token) ? 1 : 0;
            case "by tag":
                return await _memory.DeleteManyAsync(new() { AnyTags = ["now"], AllProjects = true }, Token);
            case "by key":
                return await _memory.DeleteManyAsync(new() { Key = "changed", Project = "sold" }, Token);
            case "everything of its project":
                await _store.ChangeAsync(id, static current => [current! with { Project = "given up" }], Token);
                return await _memory.ClearAllAsync(MemoryModule.ClearConfirmation, new() { Project = "given up" }, Token);
            case "by a policy":
                var call = new PolicyActionCall(
                    "rule", 0, new PolicyAction { Type = PolicyActionTypes.DeleteMemory }, JsonElement.Parse($$"""{"memory_id":"{{id}}"}"""), []);
                await new DeleteMemoryHandler(_store, TimeProvider.System).ExecuteAsync(call, Any.Entry() with { Project = "sold" }, Token);
                return 1;
            case "at its time":
                await _store.ChangeAsync(id, static current => [current! with { ExpiresAt = current.CreatedAt }], Token);
                return (await Retention(new()).RunAsync(null, Token)).Expired;
            default:
                await _store.ChangeAsync(id, static current => [current! with { QualityScore = 0.1, CreatedAt = Past, UpdatedAt = Past }], Token);
                return (await Retention(new() { Enabled = true }).RunAsync(null, Token)).Retired;
        }
    }

    private static DateTimeOffset Past => TimeProvider.System.GetUtcNow().AddDays(-40);

    private RetentionRun Retention(RetentionOptions options) => new(
        _store, options, null, null, null, new PassMark(null, "test", ProblemLog.At(null, TimeProvider.System), SystemDisk.Instance, TimeProvider.System, NullLogger.Instance),
        new EarlierVersions(_store).OfAsync, TimeProvider.System, NullLogger.Instance);
}
