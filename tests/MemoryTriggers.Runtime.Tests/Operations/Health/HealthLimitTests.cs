using MemoryTriggers.Backends;
using MemoryTriggers.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace MemoryTriggers.Operations;

/// <summary>The check of the health has one time limit, of a store and of all that it is made of.</summary>
public sealed class HealthLimitTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly UnsteadyBackend _first = new("first");
    private readonly UnsteadyBackend _second = new("second");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, double> Checks => new() { { "chain", 5 }, { "chain", 1 }, { "balanced", 5 }, { "nested", 5 }, { "balanced", 60 } };

    [Theory(Timeout = 60_000)]
    [MemberData(nameof(Checks))]
    public async Task Check_OneStoreHangs_OthersAnswerWithinTheLimit(string kind, double seconds)
    {
        var limit = TimeSpan.FromSeconds(seconds);
        await using var store = Store(kind);
        await store.InitializeAsync(Token);
        store.GetService<ICompositeStore>()!.HealthCheckTimeout = () => limit;
        _first.Hangs = true;

        var check = store.CheckHealthAsync(Token).AsTask();
        // What is in a store has a share of the store's share.
        _time.Advance(limit * (kind == "nested" ? 0.64 : 0.8));

        var health = await check;
        Assert.Contains("first: no answer within", health.Description, StringComparison.Ordinal);
        Assert.Contains("second", health.Description, StringComparison.Ordinal);
        Assert.Equal(kind == "balanced", health.IsHealthy);
    }

    [Fact(Timeout = 60_000)]
    public async Task Monitor_OneStoreOfAChainHangs_SaysWhich()
    {
        var options = new OperationsOptions { HealthCheckTimeout = TimeSpan.FromSeconds(2) };
        await using var store = Store("chain");
        await store.InitializeAsync(Token);
        store.GetService<ICompositeStore>()!.HealthCheckTimeout = () => options.HealthCheckTimeout;
        var monitor = new HealthMonitor(store, [], options, _time, NullLogger.Instance);
        _first.Hangs = true;

        var check = monitor.CheckAsync(Token);
        _time.Advance(TimeSpan.FromSeconds(1.6));

        Assert.StartsWith("first: no answer within 00:00:01.6", (await check).Description, StringComparison.Ordinal);
    }

    private IMemoryBackend Store(string kind) => kind switch
    {
        "chain" => Chain(_first, _second),
        "nested" => Chain(Chain(_first), _second),
        _ => new BalancedBackend([_first, _second], new(), NullLogger.Instance, _time),
    };

    private BackendChain Chain(params IMemoryBackend[] stores) => new(stores, new() { StartAttempts = 1 }, NullLogger.Instance, _time);
}
