using MemoryTriggers.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace MemoryTriggers.Runtime.Tests.Backends.Balanced;

[Collection(nameof(ProcessWide))]
public sealed class BalancedBackendTests : IAsyncLifetime
{
    private static readonly InMemoryMemoryBackend Unused = new();
    private readonly InMemoryMemoryBackend _store = new();
    private readonly ManualTimeProvider _clock = new();
    private readonly CollectingLoggers _loggers = new(out _);
    private readonly UnsteadyBackend[] _ways;
    private BalancedBackend _balanced = null!;

    public BalancedBackendTests() => _ways = [new("a", _store), new("b", _store), new("c", _store)];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static MemoryQuery All { get; } = new() { AllProjects = true, Limit = MemoryQuery.MaxLimit };

    public async ValueTask InitializeAsync() => _balanced = await OpenAsync();

    public async ValueTask DisposeAsync() => await _balanced.DisposeAsync();

    [Fact]
    public async Task Calls_OneAfterTheOther_GoInTurns()
    {
        var before = Calls();

        for (var i = 0; i < 10; i++) await _balanced.StoreAsync([Any.Entry()], Token);
        for (var i = 0; i < 20; i++) await _balanced.CountAsync(All, Token);

        Assert.Equal([10, 10, 10], Calls().Zip(before, static (after, first) => after - first));
        Assert.Equal(10, await _balanced.CountAsync(All, Token));
    }

    [Fact]
    public async Task Calls_OneIsBusy_GoToTheOthers()
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Token);
        foreach (var way in _ways) way.Hangs = true;
        var hanging = _balanced.CountAsync(All, enough.Token).AsTask();
        var busy = Assert.Single(_ways, way => way.Calls > 1);
        foreach (var way in _ways) way.Hangs = false;
        var before = busy.Calls;

        for (var i = 0; i < 10; i++) await _balanced.CountAsync(All, Token);

        Assert.Equal(before, busy.Calls);
        await enough.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => hanging);
    }

    [Fact]
    public async Task Store_OneIsAway_GoesToAnother()
    {
        _ways[0].IsAway = true;

        for (var i = 0; i < 6; i++) await _balanced.StoreAsync([Any.Entry()], Token);

        Assert.Equal(6, await _balanced.CountAsync(All, Token));
    }

    [Fact]
    public async Task Store_AnswerIsLost_IsStoredOnce()
    {
        foreach (var way in _ways.Skip(1)) way.LosesReplies = true;

        for (var i = 0; i < 6; i++) await _balanced.StoreAsync([Any.Entry()], Token);

        Assert.Equal(6, await _balanced.CountAsync(All, Token));
    }

    [Fact]
    public async Task Calls_OneFailsOften_ItIsPassedOverUntilAProbeFindsItWell()
    {
        _ways[0].IsAway = true;
        while (_balanced.Available == 3) await _balanced.CountAsync(All, Token);
        var whenAway = _ways[0].Calls;
        for (var i = 0; i < 10; i++) await _balanced.CountAsync(All, Token);
        var whilePassedOver = _ways[0].Calls;

        _ways[0].IsAway = false;
        await ProbedAsync(() => _balanced.Available == 3);
        var whenBack = _ways[0].Calls;
        for (var i = 0; i < 9; i++) await _balanced.CountAsync(All, Token);

        Assert.Equal(whenAway, whilePassedOver);
        Assert.Equal(whenBack + 3, _ways[0].Calls);
        Assert.Contains(_loggers.Lines, static line => line.Contains("a (1 of 3) fails and is passed over", StringComparison.Ordinal));
        Assert.Contains(_loggers.Lines, static line => line.Contains("a (1 of 3) works again", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Calls_OneHangs_AnotherAnswers()
    {
        _ways[0].Hangs = true;
        var answers = Enumerable.Range(0, 3).Select(_ => _balanced.CountAsync(All, Token).AsTask()).ToList();

        _clock.Advance(TimeSpan.FromSeconds(4));

        Assert.All(await Task.WhenAll(answers), static count => Assert.Equal(0, count));
    }

    [Fact]
    public async Task Calls_CallerGaveUpOnOneThatHangs_ItIsProbed()
    {
        foreach (var way in _ways) way.Hangs = true;
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var given = _balanced.CountAsync(All, enough.Token).AsTask();
        await enough.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);

        await ProbedAsync(() => _balanced.Available == 2);

        Assert.Equal(2, _balanced.Available);
    }

    [Fact]
    public async Task Store_Refused_NoOtherIsAsked()
    {
        foreach (var way in _ways) way.Refuses = true;
        var before = Calls().Sum();

        var failure = await Assert.ThrowsAsync<MemoryBackendException>(() => _balanced.StoreAsync([Any.Entry()], Token).AsTask());

        Assert.False(failure.IsTransient);
        Assert.Equal(before + 1, Calls().Sum());
        Assert.Equal(3, _balanced.Available);
    }

    [Fact]
    public async Task Calls_AllAway_AreAnOutageAndTheFirstThatIsBackIsFoundWithoutAProbe()
    {
        foreach (var way in _ways) way.IsAway = true;
        for (var i = 0; i < 4; i++) await Assert.ThrowsAsync<MemoryBackendException>(() => _balanced.GetAsync(Any.Id(), Token).AsTask());
        Assert.Equal(0, _balanced.Available);

        _ways[1].IsAway = false;

        Assert.Null(await _balanced.GetAsync(Any.Id(), Token));
        Assert.Equal(1, _balanced.Available);
    }

    [Fact]
    public async Task Initialize_OneIsAway_IsOpenAndTakesItInLater()
    {
        _ways[2].IsAway = true;
        await using var balanced = await OpenAsync();
        Assert.Equal(2, balanced.Available);

        _ways[2].IsAway = false;
        await ProbedAsync(() => balanced.Available == 3);

        Assert.True((await balanced.CheckHealthAsync(Token)).IsHealthy);
    }

    [Fact]
    public async Task Initialize_AllAway_Fails()
    {
        foreach (var way in _ways) way.IsAway = true;

        await Assert.ThrowsAsync<MemoryBackendException>(OpenAsync);
    }

    [Fact]
    public async Task CheckHealth_OneIsAway_IsHealthyAndSaysWhich()
    {
        _ways[1].IsAway = true;

        var health = await _balanced.CheckHealthAsync(Token);

        Assert.True(health.IsHealthy);
        Assert.Equal("balanced(a | b | c)", health.BackendName);
        Assert.Contains("b (2 of 3) is away", health.Description, StringComparison.Ordinal);
        Assert.Equal(2, _balanced.Available);
    }

    [Fact]
    public async Task CheckHealth_AllAway_IsNotHealthy()
    {
        foreach (var way in _ways) way.IsAway = true;

        Assert.False((await _balanced.CheckHealthAsync(Token)).IsHealthy);
    }

    [Fact]
    public void MemoriesChanged_AnyOfThemLearnsOfAWrite_IsRaised()
    {
        var told = 0;
        void Tell(object? sender, MemoriesChangedEventArgs changed) => told++;
        _balanced.MemoriesChanged += Tell;

        foreach (var way in _ways) way.TellChanged();
        _balanced.MemoriesChanged -= Tell;
        _ways[0].TellChanged();

        Assert.Equal(3, told);
    }

    [Fact]
    public void New_NothingOrOutOfRange_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => new BalancedBackend([], new(), _loggers, _clock));
        Assert.Throws<OptionsValidationException>(() => new BalancedBackend([Unused], new() { FailureThreshold = 0 }, _loggers, _clock));
    }

    [Fact]
    public async Task UseBalancedBackends_ThroughTheHost_StoresWhileOneIsAway()
    {
        using var directory = new TemporaryDirectory();
        _ways[0].IsAway = true;
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddMemoryTriggers(options => options.DataDirectory = directory.Path).UseBalancedBackends(_ => _ways);
        using var host = builder.Build();
        await host.StartAsync(Token);

        using (var scope = TriggerScope.Workflow("deploy")) scope.Complete();
        var service = host.Services.GetRequiredService<MemoryTriggerService>();
        Assert.True(await service.FlushAsync(cancellationToken: Token));

        Assert.Equal(1, await _store.CountAsync(All, Token));
        Assert.Single(await service.Recall.ListAsync(All, Token));
        await host.StopAsync(Token);
    }

    private async Task<BalancedBackend> OpenAsync()
    {
        var balanced = new BalancedBackend(_ways, new(), _loggers, _clock);
        await balanced.InitializeAsync(Token);
        return balanced;
    }

    // The probing loop runs beside the test: the clock goes on until it has seen what is meant.
    private async Task ProbedAsync(Func<bool> isMeant)
    {
        while (!isMeant())
        {
            Token.ThrowIfCancellationRequested();
            _clock.Advance(TimeSpan.FromSeconds(5));
            await Task.Yield();
        }
    }

    private List<int> Calls() => [.. _ways.Select(static way => way.Calls)];
}
