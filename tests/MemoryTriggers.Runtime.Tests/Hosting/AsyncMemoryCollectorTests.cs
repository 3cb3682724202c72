using MemoryTriggers.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace MemoryTriggers.Collection;

/// <summary>Memories that a program composes itself. Attached sinks are process-wide.</summary>
[Collection(nameof(ProcessWide))]
public sealed class AsyncMemoryCollectorTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Collect_AfterFlush_IsRecalledWithItsCategoryContentAndMetadata()
    {
        await using var memory = await StartAsync();

        Assert.True(await memory.Collector.CollectAsync(
            MemoryCategories.UserFeedback, "The checkout is too slow on phones", new Dictionary<string, object?> { ["page"] = "checkout", ["token"] = "canary-1" }, TriggerPriority.High, cancellationToken: Token));
        Assert.True(await memory.Collector.FlushAsync(cancellationToken: Token));

        var entry = Assert.Single(await memory.Recall.ListAsync(new() { Category = MemoryCategories.UserFeedback }, Token));
        Assert.Equal("The checkout is too slow on phones", entry.Content);
        Assert.Equal(TriggerPriority.High, entry.Priority);
        Assert.Equal("collector", entry.Source);
        Assert.Equal("checkout", entry.Value.GetProperty("metadata").GetProperty("page").GetString());
        Assert.DoesNotContain("canary-1", entry.Value.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(entry.Id, (await memory.Recall.SearchAsync("what is slow on phones?", cancellationToken: Token))[0].Entry.Id);
    }

    [Fact]
    public async Task Collect_InsideAScope_IsItsChildAndOfItsProject()
    {
        await using var memory = await StartAsync();

        await using (TriggerScope.Workflow("deploy", project: "shop")) await memory.Collector.CollectAsync("note", "half way", cancellationToken: Token);
        await memory.FlushAsync(cancellationToken: Token);

        var all = await memory.Recall.ListAsync(new() { Project = "shop" }, Token);
        Assert.Equal(all.Single(static entry => entry.Key == "deploy").Id, all.Single(static entry => entry.Category == "note").ParentId);
    }

    [Fact]
    public async Task Statistics_AfterAMixedLoad_Balance()
    {
        await using var memory = await StartAsync();

        await Parallel.ForAsync(0, 500, Token, async (number, token) => await memory.Collector.CollectAsync("load", $"number {number}", cancellationToken: token));
        await memory.FlushAsync(cancellationToken: Token);

        var statistics = memory.Collector.GetStatistics();
        Assert.Equal((500, 500, 500, 0, 0), (statistics.CollectedOperations, statistics.TotalOperations, statistics.SuccessfulOperations, statistics.FailedOperations, statistics.QueueSize));
        Assert.InRange(statistics.BatchOperations, 1, 500);
        Assert.True(statistics.AverageLatency > TimeSpan.Zero);
        Assert.Equal(1, statistics.SuccessRate);
    }

    [Theory]
    [InlineData("", "content")]
    [InlineData("category", " ")]
    [InlineData(null, "content")]
    public async Task Collect_WithoutCategoryOrContent_IsRefused(string? category, string content)
    {
        await using var memory = await StartAsync();

        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await memory.Collector.CollectAsync(category!, content, cancellationToken: Token));
    }

    [Fact]
    public async Task Collect_WithACancelledToken_TakesNothing()
    {
        await using var memory = await StartAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await memory.Collector.CollectAsync("c", "d", cancellationToken: new CancellationToken(canceled: true)));

        Assert.Equal(0, memory.Collector.GetStatistics().TotalOperations);
    }

    [Fact]
    public async Task Collect_HugeContent_IsCutAndMarked()
    {
        await using var memory = await StartAsync();

        await memory.Collector.CollectAsync("c", new string('x', 100_000), cancellationToken: Token);
        await memory.FlushAsync(cancellationToken: Token);

        Assert.EndsWith("[100000 characters]", Assert.Single(await memory.Recall.ListAsync(cancellationToken: Token)).Content, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("error", TriggerPriority.High)]
    [InlineData("bug", TriggerPriority.High)]
    [InlineData(" BUG ", TriggerPriority.High)]
    [InlineData("note", TriggerPriority.Medium)]
    public async Task Collect_WithoutPriority_PutsErrorsAndBugsFirst(string category, TriggerPriority expected)
    {
        await using var memory = await StartAsync();

        await memory.Collector.CollectAsync(category, "content", cancellationToken: Token);
        await memory.FlushAsync(cancellationToken: Token);

        Assert.Equal(expected, Assert.Single(await memory.Recall.ListAsync(new() { Category = category }, Token)).Priority);
    }

    [Fact]
    public async Task Collect_CategoriesThatDifferInCase_AreOne()
    {
        await using var memory = await StartAsync();

        foreach (var category in new[] { "bug", "BUG", " Bug" }) await memory.Collector.CollectAsync(category, "content", cancellationToken: Token);
        await memory.Memory.CreateAsync(new MemoryDraft { Key = "k", Module = "m", Category = "Bug" }, Token);
        await memory.FlushAsync(cancellationToken: Token);

        Assert.Equal(4, await memory.Recall.CountAsync(new() { Category = "bUG" }, Token));
        Assert.Equal(["bug"], (await memory.Recall.ListAsync(cancellationToken: Token)).Select(static entry => entry.Category).Distinct());
    }

    [Fact]
    public async Task Collect_Keys_AreThoseGivenOrOneEach()
    {
        await using var memory = await StartAsync();

        for (var i = 0; i < 3; i++) await memory.Collector.CollectAsync("note", $"number {i}", cancellationToken: Token);
        await memory.Collector.CollectAsync("note", "the last", key: "note/last", cancellationToken: Token);
        await memory.FlushAsync(cancellationToken: Token);

        Assert.Equal(4, (await memory.Recall.ListAsync(cancellationToken: Token)).Select(static entry => entry.Key).Distinct().Count());
        Assert.Equal("the last", Assert.Single(await memory.Recall.ListAsync(new() { Key = "note/last" }, Token)).Content);
    }

    [Fact]
    public async Task Collect_WhileEverythingIsOff_TakesNothingAndSaysSo()
    {
        await using var memory = await MemoryTriggerService.StartAsync(
            options =>
            {
                options.DataDirectory = _directory.Path;
                foreach (var type in Enum.GetValues<TriggerType>()) options.Types[type] = new TriggerTypeOptions { Enabled = false };
            },
            loggers: new CollectingLoggers(out _), cancellationToken: Token);

        Assert.False(await memory.Collector.CollectAsync("c", "content", cancellationToken: Token));
        await memory.FlushAsync(cancellationToken: Token);

        Assert.Equal(0, await memory.Recall.CountAsync(new() { AllProjects = true }, Token));
        Assert.Equal(0, memory.Collector.GetStatistics().TotalOperations);
    }

    [Fact]
    public async Task Collector_OfAHost_IsInjected()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Services.AddMemoryTriggers(options => options.DataDirectory = _directory.Path);
        using var host = builder.Build();
        await host.StartAsync(Token);

        await host.Services.GetRequiredService<AsyncMemoryCollector>().CollectAsync("c", "from the host", cancellationToken: Token);
        await host.Services.GetRequiredService<MemoryTriggerService>().FlushAsync(cancellationToken: Token);

        Assert.Equal(1, await host.Services.GetRequiredService<IMemoryRecall>().CountAsync(new() { AllProjects = true }, Token));
        await host.StopAsync(Token);
    }

    private Task<MemoryTriggerService> StartAsync() =>
        MemoryTriggerService.StartAsync(options => options.DataDirectory = _directory.Path, loggers: new CollectingLoggers(out _), cancellationToken: Token);
}
