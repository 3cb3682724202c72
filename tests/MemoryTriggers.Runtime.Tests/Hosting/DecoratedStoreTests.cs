using MemoryTriggers.Circuits;
using MemoryTriggers.Operations;
using MemoryTriggers.TestKit;

namespace MemoryTriggers.Hosting;

/// <summary>A program's own decorator around a store loses nothing that the store has: ranking, circuits, sharing, notifications.</summary>
[Collection(nameof(ProcessWide))]
public sealed class DecoratedStoreTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly CollectingLoggers _loggers = new(out _);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public async Task Search_ThroughADecorator_ObeysTheRankingOfTheOptions(bool synonyms, int found)
    {
        var store = new InMemoryMemoryBackend();
        await store.StoreAsync([Any.Entry("an error in the parser")], Token);
        await using var memory = await StartAsync(new Decorator(new Decorator(store)), options => options.Recall.Synonyms = synonyms);

        Assert.Equal(found, (await memory.Recall.SearchAsync("what failed", new() { AllProjects = true }, Token)).Count);
    }

    [Fact]
    public async Task Search_DecoratedStoreInADecoratedChain_ObeysTheRankingOfTheOptions()
    {
        var store = new InMemoryMemoryBackend();
        await store.StoreAsync([Any.Entry("an error in the parser")], Token);
        var chain = new BackendChain([new Decorator(store), new UnsteadyBackend("second")], new(), _loggers, TimeProvider.System);
        await using var memory = await StartAsync(new Decorator(chain), static options => options.Recall.Synonyms = false);

        Assert.Empty(await memory.Recall.SearchAsync("what failed", new() { AllProjects = true }, Token));
    }

    [Fact]
    public async Task Circuits_OfADecoratedChain_AreThoseOfItsStores()
    {
        var chain = new BackendChain([new UnsteadyBackend("first"), new UnsteadyBackend("second")], new(), _loggers, TimeProvider.System);
        await using var memory = await StartAsync(new Decorator(chain));

        Assert.Equal(["first", "second"], memory.CircuitBreakers.Select(static circuit => circuit.Backend));
        Assert.Equal("first", (await memory.GetMetricsAsync(Token)).ActiveBackend);
    }

    [Fact]
    public async Task Share_DecoratedStore_SharesItsCircuits()
    {
        var store = new SharingBackend();
        await using var memory = await StartAsync(new Decorator(store));
        var opened = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        memory.CircuitBreakers[0].StateChanged += (_, _) => opened.TrySetResult();

        store.Tell(new SharedCircuit(store.Name, SharedCircuitState.Open, TimeSpan.Zero));
        await opened.Task.WaitAsync(Token);

        Assert.Equal(CircuitState.Open, memory.CircuitBreakers[0].State);
    }

    [Fact]
    public async Task Cache_DecoratedStoreTellsOfAChange_IsForgotten()
    {
        var memories = new InMemoryMemoryBackend();
        var store = new UnsteadyBackend("shared", memories);
        await using var memory = await StartAsync(new Decorator(store), static options => options.ReadCache.Enabled = true);
        Assert.Equal(0, await memory.Recall.CountAsync(new() { AllProjects = true }, Token));

        await memories.StoreAsync([Any.Entry()], Token);
        store.TellChanged();

        Assert.Equal(1, await memory.Recall.CountAsync(new() { AllProjects = true }, Token));
    }

    private Task<MemoryTriggerService> StartAsync(IMemoryBackend store, Action<MemoryTriggersOptions>? configure = null) =>
        MemoryTriggerService.StartAsync(
            options =>
            {
                options.DataDirectory = _directory.Path;
                configure?.Invoke(options);
            },
            store, _loggers, Token);

    /// <summary>As a program writes it.</summary>
    private sealed class Decorator(IMemoryBackend inner) : DelegatingMemoryBackend(inner)
    {
        public override string Name => Inner.Name;
    }
}
