using MemoryTriggers.Circuits;
using MemoryTriggers.Operations;
using MemoryTriggers.PostgresWriter;
using MemoryTriggers.TestKit;
using MemoryTriggers.Tests.Server;

namespace MemoryTriggers.Tests.Sharing;

/// <summary>What shares in a program, without the rest of it: a circuit, an engine with one limit, and the exchange, which happens when a test says so.</summary>
internal sealed class SharingProgram : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private readonly PostgresMemoryBackend _store;
    private readonly SharingLoop _loop;

    private SharingProgram(PostgresMemoryBackend store, JumpingTimeProvider time)
    {
        _store = store;
        Circuit = new CircuitBreaker("mem0", new() { FailureThreshold = 1, SuccessThreshold = 1 }, Clock, Loggers);
        Engine = new PolicyEngine(PolicySet.Compile([SharingProcess.AtMostFiveAnHour]), time: time);
        var place = ((ISharingStore)store).SharedState!;
        _loop = new SharingLoop(place, [Circuit], place.SharesLimits ? Engine.ShareLimits() : null, Limit, TimeProvider.System, Loggers);
    }

    /// <summary>The clock of its circuit.</summary>
    public ManualTimeProvider Clock { get; } = new();

    public CollectingLoggers Loggers { get; } = new(out _);

    public CircuitBreaker Circuit { get; }

    public PolicyEngine Engine { get; }

    public string? Problem => _loop.Problem;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<SharingProgram> StartAsync(PostgresSchemaUnderTest schema, string group = "default") =>
        new(await schema.OpenAsync(options => (options.ShareBreakers, options.ShareRateLimits, options.ShareGroup) = (true, true, group)), schema.Time);

    public Task ExchangeAsync() => _loop.StepAsync(Limit, Token);

    public async Task FailAsync()
    {
        await Assert.ThrowsAsync<MemoryBackendException>(async () =>
            await Circuit.ExecuteAsync<int>(static _ => throw new MemoryBackendException("mem0", "503", isTransient: true), CallLength.Limited, Token));
    }

    public async Task SucceedAsync() => await Circuit.ExecuteAsync(static _ => ValueTask.FromResult(1), CallLength.Limited, Token);

    /// <returns>How many of so many memories the limit lets pass.</returns>
    public int Pass(int memories) => Enumerable.Range(0, memories).Count(_ => Engine.Evaluate(Any.Entry()).Verdict == PolicyVerdict.Allow);

    public ValueTask DisposeAsync() => _store.DisposeAsync();
}
