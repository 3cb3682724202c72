using System.Text.Json;

namespace MemoryTriggers.Conformance;

// What is stored is there, as it was.
public abstract partial class MemoryBackendConformance
{
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
        var entry = SampleMemories.Entry(new string('x', 1_000_000)) with
        {
            Value = JsonSerializer.SerializeToElement(new string('y', 1_000_000)),
        };

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
}
