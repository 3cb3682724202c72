using MemoryTriggers.TestKit;

namespace MemoryTriggers.Runtime.Tests.Backends.Chain;

/// <summary>One memory that the first store does not take keeps no other one below.</summary>
public sealed class ChainReturnTests : IAsyncLifetime
{
    private readonly ManualTimeProvider _clock = new();
    private readonly CollectingLoggers _loggers = new(out _);
    private readonly UnsteadyBackend _first = new("first");
    private readonly UnsteadyBackend _second = new("second");
    private readonly IReadOnlyList<MemoryEntry> _entries = Any.Entries(50);
    private BackendChain _chain = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static MemoryQuery All { get; } = new() { AllProjects = true, Limit = MemoryQuery.MaxLimit };

    public async ValueTask InitializeAsync()
    {
        var options = new BackendChainOptions { StartAttempts = 1 };
        options.CircuitBreaker.Enabled = false;
        _chain = new BackendChain([_first, _second], options, _loggers, _clock);
        await _chain.InitializeAsync(Token);
        _first.IsAway = true;
        await _chain.StoreAsync(_entries, Token);
        _first.IsAway = false;
    }

    public ValueTask DisposeAsync() => _chain.DisposeAsync();

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(50)]
    public async Task Refused_StayBelowAndTheOthersGoBack(int count)
    {
        var refused = _entries.Take(count).Select(static entry => entry.Id).ToHashSet();
        _first.BeforeStore = batch =>
        {
            if (batch.Any(entry => refused.Contains(entry.Id))) throw new MemoryBackendException("first", "400", isTransient: false);
        };

        for (var step = 0; await _chain.ReturnAsync(Token); step++) Assert.InRange(step, 0, 100);

        Assert.Equal((50 - count, count), (await _first.CountAsync(All, Token), await _second.CountAsync(All, Token)));
        Assert.Equal(count, _chain.Backlog);
        Assert.Equal(50, (await _chain.QueryAsync(All, Token)).Count);
        Assert.Contains($"{count} of them are refused there", (await _chain.CheckHealthAsync(Token)).Description, StringComparison.Ordinal);
        Assert.Equal(count, _loggers.Warnings.Count(static line => line.Contains("refuses memory", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(20)]
    public async Task TooManyForItsTime_GoBackInSmallerParts(int most)
    {
        _first.BeforeStore = batch =>
        {
            if (batch.Count > most) throw new MemoryServiceUnavailableException("first", "no answer within 00:00:10");
        };

        await TicksAsync(100);

        Assert.Equal((50, 0), (await _first.CountAsync(All, Token), await _second.CountAsync(All, Token)));
        Assert.Equal(0, _chain.Backlog);
    }

    [Fact]
    public async Task OneThatAlwaysTimesOut_LetsTheOthersPassAndIsTriedAgain()
    {
        var (slow, isSlow) = (_entries[20].Id, true);
        _first.BeforeStore = batch =>
        {
            if (isSlow && batch.Any(entry => entry.Id == slow)) throw new MemoryServiceUnavailableException("first", "no answer within 00:00:10");
        };

        await TicksAsync(100);
        Assert.Equal((49, 1), (await _first.CountAsync(All, Token), _chain.Backlog));
        isSlow = false;
        await TicksAsync(3);

        Assert.Equal((50, 0), (await _first.CountAsync(All, Token), _chain.Backlog));
    }

    private async Task TicksAsync(int ticks)
    {
        for (var tick = 0; tick < ticks; tick++)
            while (await _chain.ReturnAsync(Token))
            {
            }
    }
}
