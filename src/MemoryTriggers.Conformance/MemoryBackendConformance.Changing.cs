namespace MemoryTriggers.Conformance;

// What is changed or removed.
public abstract partial class MemoryBackendConformance
{
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

        await Assert.ThrowsAsync<InvalidTimeZoneException>(async () =>
            await Backend.ChangeAsync(entry.Id, static _ => throw new InvalidTimeZoneException(), Token));

        AssertSame(entry, await Backend.GetAsync(entry.Id, Token));
        await Backend.StoreAsync([entry with { Content = "after" }], Token);
        Assert.Equal("after", (await Backend.GetAsync(entry.Id, Token))!.Content);
    }

    [Fact]
    public async Task DeleteMany_Filter_RemovesWhatMatchesAndNothingElse()
    {
        var kept = SampleMemories.Entries(7);
        await Backend.StoreAsync([.. kept,
            .. SampleMemories.Entries(40).Select(static entry => entry with { Category = "gone", Tags = ["gone"] })], Token);

        var deleted = await Backend.DeleteManyAsync(All with { Category = "gone", Limit = 1, Offset = 3 }, Token);

        Assert.Equal(40, deleted);
        Assert.Equal(kept.Select(static entry => entry.Id).OrderDescending(),
            (await Backend.QueryAsync(All, Token)).Select(static entry => entry.Id));
        Assert.Equal(0, await Backend.CountAsync(All with { AnyTags = ["gone"] }, Token));
        Assert.Equal(0, await Backend.DeleteManyAsync(All with { Category = "gone" }, Token));
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
}
