namespace MemoryTriggers.Documents.Examples;

/// <summary>The examples of the document about asynchronous collection, in C#.</summary>
public sealed class CollectionTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Collection_DoesNotWait_AndIsStoredAfterTheFlush()
    {
        using var folder = new ExampleFolder();
        await using var service = await MemoryTriggerService.StartAsync(options =>
        {
            options.DataDirectory = folder.Path;
            options.Delivery.BatchSize = 10;
            options.ReadCache.MaxEntries = 1_000;
            options.ReadCache.TimeToLive = TimeSpan.FromSeconds(300);
            options.Operations.HealthCheckInterval = TimeSpan.FromSeconds(60);
        }, new InMemoryMemoryBackend(), cancellationToken: Token);
        var collector = service.Collector;

        await collector.CollectAsync(
            MemoryCategories.Bug, "The checkout is slow on phones", new Dictionary<string, object?> { ["page"] = "checkout" },
            TriggerPriority.Medium, cancellationToken: Token);
        Assert.True(await collector.FlushAsync(cancellationToken: Token));

        var entry = Assert.Single(await service.Recall.ListAsync(new() { Category = MemoryCategories.Bug, AllProjects = true }, Token));
        Assert.Equal("The checkout is slow on phones", entry.Content);
        Assert.Equal("checkout", entry.Value.GetProperty("metadata").GetProperty("page").GetString());
    }
}
