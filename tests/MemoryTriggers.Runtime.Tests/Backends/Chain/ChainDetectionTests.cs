using MemoryTriggers.TestKit;
using Microsoft.Extensions.Options;

namespace MemoryTriggers.Runtime.Tests.Backends.Chain;

/// <summary>Which stores are there when the program starts.</summary>
public sealed class ChainDetectionTests : IAsyncDisposable
{
    private readonly ManualTimeProvider _clock = new();
    private readonly CollectingLoggers _loggers = new(out _);
    private readonly UnsteadyBackend _first = new("first");
    private readonly UnsteadyBackend _second = new("second");
    private readonly BackendChain _chain;

    public ChainDetectionTests() => _chain = new BackendChain([_first, _second], new(), _loggers, _clock);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static MemoryQuery All { get; } = new() { AllProjects = true, Limit = MemoryQuery.MaxLimit };

    private int NotReady => _loggers.Lines.Count(static line => line.Contains("cannot be opened yet", StringComparison.Ordinal));

    public ValueTask DisposeAsync() => _chain.DisposeAsync();

    [Fact]
    public async Task Initialize_AllAreThere_AsksEachOnce()
    {
        await _chain.InitializeAsync(Token);

        // One call to open it, one to ask.
        Assert.Equal((2, 2, 0), (_first.Calls, _second.Calls, NotReady));
    }

    [Fact(Timeout = 60_000)]
    public async Task Initialize_FirstHangs_IsGivenUpAfterThreeShortAttempts()
    {
        _first.Hangs = true;
        var began = _clock.GetUtcNow();

        await PassAsync(_chain.InitializeAsync(Token).AsTask());
        _first.Hangs = false;
        _first.IsAway = true;
        await _chain.StoreAsync(Any.Entries(2), Token);

        Assert.True(_clock.GetUtcNow() - began >= TimeSpan.FromSeconds(6), "Three times two seconds.");
        Assert.Equal(3, NotReady);
        Assert.Contains(_loggers.Lines, static line => line.Contains("no answer within 00:00:02", StringComparison.Ordinal));
        Assert.Equal(2, await _second.CountAsync(All, Token));
    }

    [Fact(Timeout = 60_000)]
    public async Task Initialize_FirstComesUpBetweenTwoAttempts_IsUsed()
    {
        _first.IsAway = true;
        var starting = _chain.InitializeAsync(Token).AsTask();
        Assert.Equal(1, NotReady);

        _first.IsAway = false;
        await PassAsync(starting);
        await _chain.StoreAsync(Any.Entries(2), Token);

        Assert.Equal(1, NotReady);
        Assert.Equal(2, await _first.CountAsync(All, Token));
    }

    [Fact(Timeout = 60_000)]
    public async Task Initialize_FirstHangs_OthersAreNotWaitingForIt()
    {
        _first.Hangs = true;

        var starting = _chain.InitializeAsync(Token).AsTask();

        Assert.Equal((1, 2), (_first.Calls, _second.Calls));
        Assert.False(starting.IsCompleted);
        await PassAsync(starting);
    }

    [Fact]
    public async Task Initialize_LowerStoreHasMemories_TheyAreFound()
    {
        var entry = Any.Entry();
        await _second.StoreAsync([entry], Token);

        await _chain.InitializeAsync(Token);

        Assert.Equal(entry.Content, (await _chain.GetAsync(entry.Id, Token))!.Content);
    }

    [Fact]
    public async Task Initialize_CallerGivesUp_Ends()
    {
        _first.Hangs = true;
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var starting = _chain.InitializeAsync(enough.Token).AsTask();

        await enough.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => starting);
    }

    [Fact]
    public void New_TimeOutOfRange_IsRefused() =>
        Assert.Throws<OptionsValidationException>(() => new BackendChain([_first], new() { StartTimeout = TimeSpan.Zero }, _loggers, _clock));

    private async Task PassAsync(Task task)
    {
        while (!task.IsCompleted)
        {
            Token.ThrowIfCancellationRequested();
            _clock.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }

        await task;
    }
}
