using MemoryTriggers.TestKit;

namespace MemoryTriggers.Hosting;

/// <summary>What is captured of one type of trigger, as the options say.</summary>
[Collection(nameof(ProcessWide))]
public sealed class TriggerTypeTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly RecordingBackend _store = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Enabled_Off_CapturesNothingOfTheType()
    {
        await using var memory = await StartAsync(TriggerType.WorkflowCompletion, new TriggerTypeOptions { Enabled = false });

        await CallAsync(TriggerPriority.Critical);
        await using (TriggerScope.Agent("tester"))
        {
        }

        await memory.FlushAsync(cancellationToken: Token);
        Assert.Equal([TriggerType.AgentOperation], (await StoredAsync(memory)).Select(static entry => entry.TriggerType!.Value));
        Assert.Equal(0, (await memory.GetHealthAsync(Token)).Dropped.Values.Sum());
    }

    [Theory]
    [InlineData(TriggerPriority.Critical, 1)]
    [InlineData(TriggerPriority.Low, 4)]
    [InlineData(TriggerPriority.High, 2)]
    public async Task MinPriority_LeavesOutWhatIsLessUrgent(TriggerPriority least, int kept)
    {
        await using var memory = await StartAsync(TriggerType.WorkflowCompletion, new TriggerTypeOptions { MinPriority = least });

        foreach (var priority in Enum.GetValues<TriggerPriority>()) await CallAsync(priority);

        await memory.FlushAsync(cancellationToken: Token);
        var health = await memory.GetHealthAsync(Token);
        Assert.Equal(Enum.GetValues<TriggerPriority>()[..kept], (await StoredAsync(memory)).Select(static entry => entry.Priority).Order());
        Assert.Equal(4 - kept, health.Dropped["priority"]);
        Assert.True(health.IsHealthy, string.Join("; ", health.Problems));
        Assert.True(health.IsBalanced);
    }

    [Fact]
    public async Task BatchSize_OfAType_GoesApartFromOthers()
    {
        await using var memory = await StartAsync(TriggerType.WorkflowCompletion, new TriggerTypeOptions { BatchSize = 2, BatchAge = TimeSpan.FromMinutes(1) });

        for (var call = 0; call < 5; call++) await CallAsync(TriggerPriority.Medium);
        await using (TriggerScope.Agent("tester"))
        {
        }

        Assert.True(await memory.FlushAsync(cancellationToken: Token));
        Assert.All(_store.Attempts, static batch => Assert.Single(batch.DistinctBy(static entry => entry.TriggerType)));
        Assert.All(_store.Attempts, static batch => Assert.InRange(batch.Count, 1, 2));
        Assert.Equal(6, _store.Attempts.Sum(static batch => batch.Count));
    }

    [Fact]
    public async Task MaxPending_StoreDown_DropsAndCountsTheOthersUntilItIsBack()
    {
        _store.BeforeStore = static (_, _) => throw new MemoryBackendException("recording", "down", isTransient: true);
        await using var memory = await StartAsync(TriggerType.WorkflowCompletion, new TriggerTypeOptions { MaxPending = 3 });
        for (var call = 0; call < 10; call++) await CallAsync(TriggerPriority.Medium);
        await using (TriggerScope.Agent("tester"))
        {
        }

        var down = await memory.GetHealthAsync(Token);
        _store.BeforeStore = null;
        await memory.FlushAsync(cancellationToken: Token);
        await CallAsync(TriggerPriority.Medium);
        await memory.FlushAsync(cancellationToken: Token);

        Assert.Equal((4, 7), (down.Accepted, down.Dropped["type_limit"]));
        Assert.Contains("7 records were dropped", down.Problems);
        Assert.Equal(5, (await StoredAsync(memory)).Count);
        Assert.Equal(7, (await memory.GetHealthAsync(Token)).Dropped["type_limit"]);
    }

    [Fact]
    public void MaxPending_Negative_IsRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => new TriggerTypeOptions { MaxPending = -1 });

    private static ValueTask<IReadOnlyList<MemoryEntry>> StoredAsync(MemoryTriggerService memory) =>
        memory.Recall.ListAsync(new MemoryQuery { AllProjects = true }, Token);

    private static async Task CallAsync(TriggerPriority priority)
    {
        await using var scope = TriggerScope.Workflow("deploy", priority: priority);
    }

    private Task<MemoryTriggerService> StartAsync(TriggerType type, TriggerTypeOptions limits) => MemoryTriggerService.StartAsync(
        options =>
        {
            options.DataDirectory = _directory.Path;
            options.Delivery.RetryDelay = TimeSpan.FromMilliseconds(1);
            options.Delivery.MaxRetryDelay = TimeSpan.FromMilliseconds(5);
            options.Types[type] = limits;
        },
        backend: _store);
}
