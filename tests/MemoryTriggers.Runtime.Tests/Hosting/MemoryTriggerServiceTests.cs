using MemoryTriggers.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace MemoryTriggers.Hosting;

/// <summary>The way of a memory as a whole, from a scope to recall. Attached sinks are process-wide.</summary>
[Collection(nameof(ProcessWide))]
public sealed class MemoryTriggerServiceTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Scope_AfterFlush_IsRecalledByEveryWay()
    {
        await using var memory = await StartAsync();

        await using (var scope = TriggerScope.Workflow("push", workflowType: "deploy"))
        {
            scope.AddTags("urgent", "push").SetResult("pushed 3 commits to ISS-0124");
        }

        Assert.True(await memory.FlushAsync(cancellationToken: Token));
        var entry = Assert.Single(await memory.Recall.ListAsync(cancellationToken: Token));
        Assert.Equal("shop", entry.Project);
        Assert.Equal(entry.Id, (await memory.Recall.GetAsync(entry.Id, Token))?.Id);
        Assert.Equal(entry.Id, (await memory.Recall.GetByKeyAsync("push", cancellationToken: Token))?.Id);
        Assert.Single(await memory.Recall.ListAsync(new() { Category = "pattern" }, Token));
        Assert.Single(await memory.Recall.ListAsync(new() { EntityType = "workflow", EntityId = "deploy" }, Token));
        Assert.Single(await memory.Recall.ListAsync(new() { AllTags = ["urgent", "push"] }, Token));
        Assert.Single(await memory.Recall.ListAsync(new() { AnyTags = ["urgent", "absent"] }, Token));
        Assert.Empty(await memory.Recall.ListAsync(new() { AllTags = ["urgent", "absent"] }, Token));
        Assert.Empty(await memory.Recall.ListAsync(new() { Project = "other" }, Token));
        Assert.Single(await memory.Recall.ListAsync(new() { Since = entry.CreatedAt }, Token));
        Assert.Empty(await memory.Recall.ListAsync(new() { Until = entry.CreatedAt }, Token));
        Assert.Equal(entry.Id, (await memory.Recall.SearchAsync("what was pushed for ISS-0124?", cancellationToken: Token))[0].Entry.Id);
    }

    [Fact]
    public async Task Stop_ThenStartAgain_RecallsWhatWasThere()
    {
        await using (await StartAsync())
        {
            using (TriggerScope.Agent("first run", agentType: "qa"))
            {
            }
        }

        await using var again = await StartAsync();

        Assert.Equal("first run", Assert.Single(await again.Recall.ListAsync(cancellationToken: Token)).Key);
    }

    [Fact]
    public async Task Store_Refusing_LeavesRecordsForTheNextStart()
    {
        var failing = new RecordingBackend { BeforeStore = static (_, _) => throw new MemoryBackendException("recording", "down", isTransient: true) };
        await using (var memory = await StartAsync(failing))
        {
            using (TriggerScope.Workflow("kept"))
            {
            }

            Assert.False(await memory.FlushAsync(TimeSpan.FromMilliseconds(50), Token));
            Assert.Equal(1, (await memory.GetHealthAsync(Token)).Pending);
        }

        await using var again = await StartAsync();

        Assert.True(await again.FlushAsync(cancellationToken: Token));
        Assert.Equal("kept", Assert.Single(await again.Recall.ListAsync(cancellationToken: Token)).Key);
    }

    [Fact]
    public async Task Store_HangingAtStop_EndsInTimeAndLeavesRecords()
    {
        var hanging = new RecordingBackend { BeforeStore = static (_, token) => Task.Delay(Timeout.InfiniteTimeSpan, token) };
        var memory = await StartAsync(hanging, options => options.Delivery.ShutdownTimeout = TimeSpan.FromMilliseconds(50));
        using (TriggerScope.Workflow("kept"))
        {
        }

        await memory.StopAsync(Token);

        await using var again = await StartAsync();
        Assert.True(await again.FlushAsync(cancellationToken: Token));
        Assert.Equal("kept", Assert.Single(await again.Recall.ListAsync(cancellationToken: Token)).Key);
    }

    [Fact]
    public async Task Store_FailingTwice_StoresOnceInTheEnd()
    {
        var failures = 2;
        var flaky = new RecordingBackend
        {
            BeforeStore = (_, _) => failures-- > 0 ? throw new MemoryBackendException("recording", "busy", isTransient: true) : Task.CompletedTask,
        };
        await using var memory = await StartAsync(flaky);

        using (TriggerScope.Workflow("insisted"))
        {
        }

        Assert.True(await memory.FlushAsync(cancellationToken: Token));
        Assert.Equal(3, flaky.Attempts.Count);
        Assert.Single(await memory.Recall.ListAsync(cancellationToken: Token));
    }

    [Fact]
    public async Task Store_RefusingOneOfMany_StoresTheOthersAndKeepsADeadLetter()
    {
        var picky = new RecordingBackend
        {
            BeforeStore = static (batch, _) => batch.Any(static entry => entry.Key == "poison")
                ? throw new MemoryBackendException("recording", "not this one", isTransient: false)
                : Task.CompletedTask,
        };
        await using var memory = await StartAsync(picky);

        for (var number = 0; number < 100; number++)
        {
            using (TriggerScope.Workflow(number == 42 ? "poison" : "good"))
            {
            }
        }

        Assert.True(await memory.FlushAsync(cancellationToken: Token));
        var health = await memory.GetHealthAsync(Token);
        Assert.Equal(99, await memory.Recall.CountAsync(cancellationToken: Token));
        Assert.Contains("not this one", Assert.Single(memory.DeadLetters).Reason, StringComparison.Ordinal);
        Assert.Equal((100, 99, 1, 0), (health.Accepted, health.Stored, health.DeadLettered, health.Pending));
        Assert.True(health.IsBalanced);
        Assert.Contains("1 records are dead letters", health.Problems);
    }

    [Fact]
    public async Task Critical_OvertakesWhatWaits()
    {
        var gate = new TaskCompletionSource();
        var slow = new RecordingBackend { BeforeStore = (_, _) => gate.Task };
        await using var memory = await StartAsync(slow, static options => options.Delivery.BatchSize = 1);
        for (var number = 0; number < 5; number++)
        {
            using (TriggerScope.Workflow("ordinary"))
            {
            }
        }

        using (TriggerScope.Error("urgent"))
        {
        }

        gate.SetResult();
        Assert.True(await memory.FlushAsync(cancellationToken: Token));

        var order = slow.Attempts.Select(static batch => batch[0].Key).ToList();
        Assert.InRange(order.IndexOf("urgent"), 0, 1);
    }

    [Fact]
    public async Task Directory_NotWritable_RunsInMemoryAndSaysSo()
    {
        var file = Path.Combine(_directory.Path, "a file");
        await File.WriteAllTextAsync(file, "in the way", Token);
        await using var memory = await MemoryTriggerService.StartAsync(
            options => options.DataDirectory = Path.Combine(file, "data"), loggers: new CollectingLoggers(out var logs), cancellationToken: Token);

        using (TriggerScope.Workflow("not lost while the process lives"))
        {
        }

        Assert.True(await memory.FlushAsync(cancellationToken: Token));
        Assert.Single(await memory.Recall.ListAsync(cancellationToken: Token));
        var health = await memory.GetHealthAsync(Token);
        Assert.Equal("memory", health.JournalMode);
        Assert.False(health.IsHealthy);
        Assert.Single(logs.Warnings, static line => line.Contains("kept in memory only", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Directory_HeldByAnotherService_TakesAJournalOfItsOwn()
    {
        await using var first = await StartAsync();
        await using var second = await StartAsync();

        using (TriggerScope.Workflow("goes to the second"))
        {
        }

        Assert.True(await second.FlushAsync(cancellationToken: Token));
        Assert.Single(await first.Recall.ListAsync(cancellationToken: Token));
        Assert.Equal("mapped", (await second.GetHealthAsync(Token)).JournalMode);
    }

    [Fact(Timeout = 60_000)]
    public async Task Orphan_OfADeadProcess_IsAdopted()
    {
        var hanging = new RecordingBackend { BeforeStore = static (_, token) => Task.Delay(Timeout.InfiniteTimeSpan, token) };
        var first = await StartAsync();
        var second = await StartAsync(hanging, static options => options.Delivery.ShutdownTimeout = TimeSpan.Zero);
        using (TriggerScope.Workflow("orphan"))
        {
        }

        await second.StopAsync(Token);
        await first.StopAsync(Token);

        await using var third = await StartAsync();
        MemoryTriggersHealth health;
        do
        {
            health = await third.GetHealthAsync(Token);
            await Task.Yield();
        }
        while (health.Stored == 0);

        Assert.Equal("orphan", Assert.Single(await third.Recall.ListAsync(cancellationToken: Token)).Key);
        Assert.True(health.IsBalanced);
    }

    public static TheoryData<string, Action<MemoryTriggersOptions>> OutOfBounds => new()
    {
        { "BatchSize", static options => options.Delivery.BatchSize = 0 },
        { "ShutdownTimeout", static options => options.Delivery.ShutdownTimeout = TimeSpan.FromSeconds(-1) },
        { "SyncInterval", static options => options.Journal.SyncInterval = TimeSpan.FromMinutes(2) },
        { "SegmentBytes", static options => options.Journal.SegmentBytes = 1 },
        { "MaxReaders", static options => options.Sqlite.MaxReaders = 0 },
        { "SpeakerBoost", static options => options.Recall.Conversations.SpeakerBoost = 2.1 },
        { "DataDirectory", static options => options.DataDirectory = "" },
    };

    [Theory]
    [MemberData(nameof(OutOfBounds), DisableDiscoveryEnumeration = true)]
    public async Task Start_OptionOutOfBounds_SaysWhich(string name, Action<MemoryTriggersOptions> configure)
    {
        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => MemoryTriggerService.StartAsync(configure, cancellationToken: Token));

        Assert.Contains(name, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Host_AddMemoryTriggersTwice_StartsAndStopsOnce()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddMemoryTriggers(options => options.DataDirectory = _directory.Path).UseInMemoryBackend();
        builder.Services.AddMemoryTriggers(static options => options.Project = "hosted");
        using var host = builder.Build();
        await host.StartAsync(Token);

        using (TriggerScope.Workflow("in a host"))
        {
        }

        Assert.True(await host.Services.GetRequiredService<MemoryTriggerService>().FlushAsync(cancellationToken: Token));
        var entry = Assert.Single(await host.Services.GetRequiredService<IMemoryRecall>().ListAsync(cancellationToken: Token));
        Assert.Equal("hosted", entry.Project);
        await host.StopAsync(Token);
        Assert.False(TriggerHub.IsAttached);
    }

    [Fact]
    public async Task Recall_CapturesNothing()
    {
        await using var memory = await StartAsync();

        await memory.Recall.SearchAsync("anything", cancellationToken: Token);
        await memory.FlushAsync(cancellationToken: Token);

        Assert.Equal(0, (await memory.GetHealthAsync(Token)).Accepted);
    }

    [Fact]
    public async Task StopAsync_Twice_IsHarmlessAndRecallThenSaysWhy()
    {
        var memory = await StartAsync();

        await memory.StopAsync(Token);
        await memory.StopAsync(Token);

        Assert.Contains("not started", Assert.Throws<InvalidOperationException>(() => memory.Recall).Message, StringComparison.Ordinal);
    }

    private Task<MemoryTriggerService> StartAsync(IMemoryBackend? backend = null, Action<MemoryTriggersOptions>? configure = null) =>
        MemoryTriggerService.StartAsync(
            options =>
            {
                options.DataDirectory = _directory.Path;
                options.Project = "shop";
                options.Delivery.RetryDelay = TimeSpan.FromMilliseconds(1);
                options.Delivery.BatchAge = TimeSpan.FromMilliseconds(1);
                options.Delivery.ShutdownTimeout = TimeSpan.FromMilliseconds(500);
                configure?.Invoke(options);
            },
            backend,
            new CollectingLoggers(out _),
            Token);
}
