using MemoryTriggers.Circuits;
using MemoryTriggers.TestKit;

namespace MemoryTriggers.Operations;

/// <summary>What processes share, over a place in memory. That of PostgreSQL has tests of its own.</summary>
[Collection(nameof(ProcessWide))]
public sealed class SharingTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly SharingBackend _store = new();
    private readonly CollectingLoggers _loggers = new(out _);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Health_PlaceIsAway_SaysSoAndTheLogOnce()
    {
        _store.IsAway = true;
        await using (var memory = await StartAsync(_store))
        {
            await _store.WaitForExchangesAsync(2, Token);

            var health = await memory.GetHealthAsync(Token);

            Assert.Contains("the shared state cannot be reached, and this process uses its own circuits and limits: shared: it is away", health.Problems);
            Assert.Equal(MemoryServiceStatus.Degraded, health.Status);
        }

        Assert.Single(_loggers.Warnings, static line => line.StartsWith("The shared state", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Health_PlaceIsBack_IsWellAgain()
    {
        _store.IsAway = true;
        await using var memory = await StartAsync(_store);
        await _store.WaitForExchangesAsync(2, Token);

        _store.IsAway = false;
        await _store.WaitForExchangesAsync(3, Token);

        Assert.Empty((await memory.GetHealthAsync(Token)).Problems);
        Assert.Contains("The shared state can be reached again", _loggers.Lines);
    }

    [Fact]
    public async Task Share_StoreInAChain_SharesTheCircuitsOfAllStores()
    {
        var chain = new BackendChain([new UnsteadyBackend("mem0"), _store], new(), _loggers, TimeProvider.System);
        await using var memory = await StartAsync(chain);
        var opened = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        memory.CircuitBreakers[0].StateChanged += (_, _) => opened.TrySetResult();

        _store.Tell(new SharedCircuit("mem0", SharedCircuitState.Open, TimeSpan.Zero));
        await opened.Task.WaitAsync(Token);

        Assert.Equal([CircuitState.Open, CircuitState.Closed], memory.CircuitBreakers.Select(static circuit => circuit.State));
    }

    [Fact]
    public async Task Share_CircuitOpenedLongAgo_StaysClosed()
    {
        var circuit = new CircuitBreaker("mem0", new(), TimeProvider.System, _loggers);
        var loop = new SharingLoop(_store, [circuit], null, TimeSpan.FromSeconds(5), TimeProvider.System, _loggers);
        _store.Tell(new SharedCircuit("mem0", SharedCircuitState.Open, TimeSpan.FromMinutes(2)));

        await loop.StepAsync(TimeSpan.FromSeconds(5), Token);

        Assert.Equal(CircuitState.Closed, circuit.State);
    }

    [Fact]
    public async Task Share_AnswerWasLost_TellsAgain()
    {
        var circuit = new CircuitBreaker("mem0", new(), TimeProvider.System, _loggers);
        var loop = new SharingLoop(_store, [circuit], null, TimeSpan.FromSeconds(5), TimeProvider.System, _loggers);
        circuit.Isolate();
        _store.IsAway = true;
        await loop.StepAsync(TimeSpan.FromSeconds(5), Token);

        _store.IsAway = false;
        await loop.StepAsync(TimeSpan.FromSeconds(5), Token);
        await loop.StepAsync(TimeSpan.FromSeconds(5), Token);

        Assert.Equal([new SharedCircuit("mem0", SharedCircuitState.Isolated, TimeSpan.Zero)], _store.Heard);
    }

    // The place knows what the earlier process counted, and so does its state file.
    [Fact]
    public async Task Limit_AfterARestart_CountsOnceWhatTheEarlierProcessCounted()
    {
        File.WriteAllText(Rules, "rules: {twice: {conditions: [{type: rate_limit, rate_limit: 2, time_window: 3600}], actions: [{type: add_tag, parameters: {tag: hit}}]}}");
        await using (var earlier = await StartAsync(_store)) Assert.True(Hits(earlier));
        var counts = _store.HeardCounts.Select(static count => count with { Sender = Any.Id() }).ToList();
        var store = new SharingBackend { Counts = counts };
        await using var memory = await StartAsync(store);
        await store.WaitForExchangesAsync(2, Token);

        var hits = (Hits(memory), Hits(memory));

        Assert.Equal(1, Assert.Single(counts).Count);
        Assert.Equal((true, false), hits);
    }

    private string Rules => _directory.File("rules.yaml");

    private static bool Hits(MemoryTriggerService memory) => memory.Policies.Evaluate(Any.Entry()).Entry.Tags.Contains("hit");

    private Task<MemoryTriggerService> StartAsync(IMemoryBackend store) =>
        MemoryTriggerService.StartAsync(
        options =>
        {
            options.DataDirectory = _directory.Path;
            if (File.Exists(Rules)) options.Policies.File = Rules;
        },
        store,
        _loggers,
        Token);
}
