using MemoryTriggers.Delivery;
using MemoryTriggers.Delivery.Holding;
using MemoryTriggers.TestKit;

namespace MemoryTriggers.Hosting;

/// <summary>What rules deny, change and hold back, from the scope to the store.</summary>
[Collection(nameof(ProcessWide))]
public sealed class HeldRecordTests : IDisposable
{
    private static readonly TimeSpan Long = TimeSpan.FromHours(1);
    private readonly TemporaryDirectory _directory = new();
    private RecordingBackend _store = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Rules_DenyAndModify_AreAppliedAndTheBooksBalance()
    {
        await using var memory = await StartAsync(static entry =>
            entry.Key == "secret" ? new DeliveryRuling(null) : new DeliveryRuling(entry with { Tags = [.. entry.Tags, "seen"] }));

        Call("secret");
        Call("deploy");

        Assert.True(await memory.FlushAsync(cancellationToken: Token));
        var stored = Assert.Single(await StoredAsync());
        Assert.Equal("deploy", stored.Key);
        Assert.Contains("seen", stored.Tags);
        var health = await memory.GetHealthAsync(Token);
        Assert.Equal((2, 1, 1, 0), (health.Accepted, health.Stored, health.Denied, health.Pending));
        Assert.True(health.IsBalanced);
        Assert.True(health.IsHealthy, string.Join("; ", health.Problems));
    }

    [Fact]
    public async Task Rules_Defer_HoldsThroughARestartUntilTheRulesAllowIt()
    {
        await using (var memory = await StartAsync(static entry => new DeliveryRuling(entry, new HoldingTime(Long))))
        {
            Call("deploy");
            Assert.True(await memory.FlushAsync(cancellationToken: Token));
            var health = await memory.GetHealthAsync(Token);
            Assert.Equal((1, 0, 1, 1), (health.Accepted, health.Stored, health.Pending, health.Held));
            Assert.True(health.IsBalanced);
        }

        _store = new RecordingBackend();
        await using (var memory = await StartAsync(static entry => new DeliveryRuling(entry)))
        {
            var held = await memory.GetHealthAsync(Token);
            Assert.Equal((1, 1), (held.Accepted, held.Held));
            Assert.True(held.IsBalanced);
            Assert.Empty(await StoredAsync());
        }
    }

    [Fact]
    public async Task Rules_DeferForAMoment_AsksAgainAndStoresOnce()
    {
        var asked = 0;
        await using var memory = await StartAsync(entry =>
            Interlocked.Increment(ref asked) < 3 ? new DeliveryRuling(entry, new HoldingTime(TimeSpan.Zero)) : new DeliveryRuling(entry));

        Call("deploy");
        Assert.True(await memory.FlushAsync(cancellationToken: Token));

        Assert.Single(await StoredAsync());
        Assert.Equal(3, asked);
        var health = await memory.GetHealthAsync(Token);
        Assert.Equal((1, 0), (health.Accepted, health.Held));
        Assert.True(health.IsBalanced);
    }

    [Fact]
    public async Task Rules_Batch_StoresTogetherWhenFull()
    {
        await using var memory = await StartAsync(static entry => new DeliveryRuling(entry, new HoldingTime(Long, "workflows", 3)));

        Call("first");
        Call("second");
        await memory.FlushAsync(cancellationToken: Token);
        var before = await memory.GetHealthAsync(Token);
        Call("third");
        await memory.FlushAsync(cancellationToken: Token);

        Assert.Equal((0, 2), (before.Stored, before.Held));
        Assert.Equal(["first", "second", "third"], Assert.Single(_store.Attempts).Select(static entry => entry.Key));
        Assert.True((await memory.GetHealthAsync(Token)).IsBalanced);
    }

    [Fact]
    public async Task Rules_StoreAwayWhileOthersOfTheBatchAreHeld_HoldsThemOnce()
    {
        var away = true;
        _store.BeforeStore = (_, _) => away ? throw new MemoryBackendException("recording", "down", isTransient: true) : Task.CompletedTask;
        await using (var memory = await StartAsync(static entry => entry.Key == "held" ? new DeliveryRuling(entry, new HoldingTime(Long)) : new DeliveryRuling(entry)))
        {
            Call("held");
            Call("stored");
            Assert.False(await memory.FlushAsync(TimeSpan.FromMilliseconds(50), Token));
            Assert.Equal((2, 0), ((await memory.GetHealthAsync(Token)).Pending, (await memory.GetHealthAsync(Token)).Held));
        }

        away = false;
        _store = new RecordingBackend();
        await using var next = await StartAsync(static entry => entry.Key == "held" ? new DeliveryRuling(entry, new HoldingTime(Long)) : new DeliveryRuling(entry));
        await next.FlushAsync(cancellationToken: Token);

        var health = await next.GetHealthAsync(Token);
        Assert.Equal((2, 1, 1), (health.Accepted, health.Stored, health.Held));
        Assert.True(health.IsBalanced);
    }

    [Fact]
    public async Task Adoption_JournalFolderOfADeadProcess_BringsItsHeldRecords()
    {
        await using (var memory = await StartAsync(static entry => new DeliveryRuling(entry, new HoldingTime(Long))))
        {
            Call("deploy");
            await memory.FlushAsync(cancellationToken: Token);
        }

        Directory.Move(_directory.File("journal/0"), _directory.File("journal/7"));
        _store = new RecordingBackend();
        var asked = new TaskCompletionSource();
        await using var next = await StartAsync(entry => Ask(entry, asked));
        await asked.Task.WaitAsync(Token);
        await next.FlushAsync(cancellationToken: Token);

        Assert.Equal("deploy", Assert.Single(await StoredAsync()).Key);
        Assert.True((await next.GetHealthAsync(Token)).IsBalanced);
    }

    private static DeliveryRuling Ask(MemoryEntry entry, TaskCompletionSource asked)
    {
        asked.TrySetResult();
        return new DeliveryRuling(entry);
    }

    private static void Call(string operation)
    {
        using var scope = TriggerScope.Workflow(operation);
        scope.Complete();
    }

    private async Task<IReadOnlyList<MemoryEntry>> StoredAsync() => await _store.QueryAsync(new MemoryQuery { AllProjects = true }, Token);

    private Task<MemoryTriggerService> StartAsync(Func<MemoryEntry, DeliveryRuling> rule) => MemoryTriggerService.StartAsync(
        options =>
        {
            options.DataDirectory = _directory.Path;
            options.Delivery.ShutdownTimeout = TimeSpan.FromMilliseconds(50);
            // Flushing makes the batches: what is called before it is one.
            options.Delivery.BatchAge = TimeSpan.FromSeconds(10);
            options.Rules = new Rules(rule);
        },
        _store);

    private sealed class Rules(Func<MemoryEntry, DeliveryRuling> rule) : IDeliveryRules
    {
        public DeliveryRuling Rule(MemoryEntry entry) => rule(entry);
    }
}
