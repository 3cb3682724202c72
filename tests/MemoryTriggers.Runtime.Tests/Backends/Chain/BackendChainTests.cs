using MemoryTriggers.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace MemoryTriggers.Runtime.Tests.Backends.Chain;

[Collection(nameof(ProcessWide))]
public sealed class BackendChainTests : IAsyncLifetime
{
    private readonly TemporaryDirectory _directory = new();
    private readonly ManualTimeProvider _clock = new();
    private readonly CollectingLoggers _loggers = new(out _);
    private readonly UnsteadyBackend _first = new("first");
    private readonly UnsteadyBackend _second = new("second");
    private readonly UnsteadyBackend _third = new("third");
    private BackendChain _chain = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static MemoryQuery All { get; } = new() { AllProjects = true, Limit = MemoryQuery.MaxLimit };

    public async ValueTask InitializeAsync() => _chain = await OpenAsync();

    public async ValueTask DisposeAsync()
    {
        await _chain.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task Store_AllAreThere_GoesToTheFirstAlone()
    {
        await _chain.StoreAsync(Any.Entries(3), Token);

        Assert.Equal((3, 0, 0), await CountsAsync());
        Assert.Equal(("first", 0), (_chain.ActiveBackend, _chain.Backlog));
    }

    [Fact]
    public async Task Store_FirstAway_GoesToTheNextAndBackWhenItReturns()
    {
        var entries = Any.Entries(450);
        _first.IsAway = true;

        await _chain.StoreAsync(entries, Token);
        Assert.Equal(450, _chain.Backlog);
        _first.IsAway = false;
        while (await _chain.ReturnAsync(Token))
        {
        }

        Assert.Equal((450, 0, 0), await CountsAsync());
        Assert.Equal(0, _chain.Backlog);
        Assert.Equal(450, (await _chain.QueryAsync(All, Token)).Count);
        Assert.Contains(_loggers.Lines, static line => line.Contains("went back from second to first", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Store_TwoAway_GoesToTheThird()
    {
        _first.IsAway = _second.IsAway = true;

        await _chain.StoreAsync(Any.Entries(2), Token);

        Assert.Equal(2, await _third.CountAsync(All, Token));
    }

    [Fact]
    public async Task Store_AllAway_IsAnOutage()
    {
        _first.IsAway = _second.IsAway = _third.IsAway = true;

        var failure = await Assert.ThrowsAsync<MemoryBackendException>(async () => await _chain.StoreAsync(Any.Entries(1), Token));

        Assert.True(failure.IsTransient);
    }

    [Fact]
    public async Task Store_ReplyOfTheFirstLost_IsOneMemoryInTheEnd()
    {
        var entries = Any.Entries(5);
        _first.LosesReplies = true;
        await _chain.StoreAsync(entries, Token);
        _first.LosesReplies = false;

        var meanwhile = await _chain.QueryAsync(All, Token);
        await _chain.ReturnAsync(Token);

        Assert.Equal(5, meanwhile.Count);
        Assert.Equal((5, 0, 0), await CountsAsync());
    }

    [Fact]
    public async Task Store_FirstRefuses_AsksNoOther()
    {
        _first.Refuses = true;

        var refusal = await Assert.ThrowsAsync<MemoryBackendException>(async () => await _chain.StoreAsync(Any.Entries(1), Token));

        Assert.False(refusal.IsTransient);
        Assert.Equal((0, 0, 0), await CountsAsync());
    }

    [Fact]
    public async Task Store_FirstHangs_IsGivenUpAfterItsTime()
    {
        _first.Hangs = true;

        var stored = _chain.StoreAsync(Any.Entries(1), Token).AsTask();
        _clock.Advance(TimeSpan.FromSeconds(10));
        await stored;

        Assert.Equal(1, await _second.CountAsync(All, Token));
    }

    [Fact]
    public async Task Breaker_FiveFailures_LeavesTheFirstAloneUntilItMayTryAgain()
    {
        _first.IsAway = true;
        for (var batch = 0; batch < 5; batch++) await _chain.StoreAsync(Any.Entries(1), Token);
        var calls = _first.Calls;

        await _chain.StoreAsync(Any.Entries(1), Token);
        Assert.Equal((calls, "second"), (_first.Calls, _chain.ActiveBackend));
        _first.IsAway = false;
        _clock.Advance(TimeSpan.FromSeconds(61));
        await _chain.StoreAsync(Any.Entries(1), Token);

        // The way back tries by itself, now that it may: what waits below goes up, and that is the second success.
        while (await _chain.ReturnAsync(Token))
        {
        }

        Assert.Equal((7, 0, 0), await CountsAsync());
        Assert.Equal(("first", CircuitState.Closed), (_chain.ActiveBackend, _chain.CircuitBreakers[0].State));
        Assert.Contains(_loggers.Lines, static line => line.Contains("first is open", StringComparison.Ordinal));
        Assert.Contains(_loggers.Lines, static line => line.Contains("first is closed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Read_MemoryInALowerStore_IsFoundByEveryWay()
    {
        var above = Any.Entry("The deployment of the shop succeeded");
        var below = Any.Entry("The deployment of the bank failed") with { Key = "below" };
        await _chain.StoreAsync([above], Token);
        _first.IsAway = true;
        await _chain.StoreAsync([below], Token);
        _first.IsAway = false;

        Assert.Equal(below.Id, (await _chain.GetAsync(below.Id, Token))!.Id);
        Assert.Equal([below.Id, above.Id], (await _chain.QueryAsync(All, Token)).Select(static entry => entry.Id));
        Assert.Equal([above.Id], (await _chain.QueryAsync(All with { Offset = 1, Limit = 1 }, Token)).Select(static entry => entry.Id));
        Assert.Equal(2, (await _chain.SearchAsync("deployment", All, Token)).Count);
        Assert.Equal(2, await _chain.CountAsync(All, Token));
        Assert.True(await _chain.DeleteAsync(below.Id, Token));
        Assert.Null(await _chain.GetAsync(below.Id, Token));
        Assert.Equal(0, _chain.Backlog);
    }

    [Fact]
    public async Task Read_FirstAwayAndNothingBelow_IsAnOutageAndNotEmpty()
    {
        _first.IsAway = true;

        await Assert.ThrowsAsync<MemoryBackendException>(async () => await _chain.GetAsync(Any.Id(), Token));
        await Assert.ThrowsAsync<MemoryBackendException>(async () => await _chain.QueryAsync(All, Token));
        await Assert.ThrowsAsync<MemoryBackendException>(async () => await _chain.SearchAsync("anything", All, Token));
        await Assert.ThrowsAsync<MemoryBackendException>(async () => await _chain.CountAsync(All, Token));
    }

    [Fact]
    public async Task Store_CorrectionOfWhatLiesBelow_IsNotOverwrittenByWhatComesBack()
    {
        var entry = Any.Entry("It succeeded");
        _first.IsAway = true;
        await _chain.StoreAsync([entry], Token);
        _first.IsAway = false;

        await _chain.StoreAsync([entry with { Content = "It failed after all" }], Token);
        await _chain.ReturnAsync(Token);

        Assert.Equal("It failed after all", (await _chain.GetAsync(entry.Id, Token))!.Content);
        Assert.Equal((1, 0, 0), await CountsAsync());
    }

    [Fact]
    public async Task Store_CorrectionWhileTheFirstIsAway_HasTheLastWord()
    {
        var entry = Any.Entry("It succeeded");
        await _chain.StoreAsync([entry], Token);
        _first.IsAway = true;
        await _chain.StoreAsync([entry with { Content = "It failed after all" }], Token);
        _first.IsAway = false;

        var meanwhile = await _chain.GetAsync(entry.Id, Token);
        var listed = Assert.Single(await _chain.QueryAsync(All, Token));
        await _chain.ReturnAsync(Token);

        Assert.Equal("It failed after all", meanwhile!.Content);
        Assert.Equal("It failed after all", listed.Content);
        Assert.Equal("It failed after all", (await _first.GetAsync(entry.Id, Token))!.Content);
    }

    [Fact]
    public async Task Restart_WhileTheFirstIsAway_StillBringsThemBack()
    {
        _first.IsAway = true;
        await _chain.StoreAsync(Any.Entries(3), Token);
        await _chain.DisposeAsync();

        _chain = await OpenAsync();
        Assert.Equal(3, _chain.Backlog);
        _first.IsAway = false;
        await _chain.ReturnAsync(Token);

        Assert.Equal((3, 0, 0), await CountsAsync());
    }

    [Fact]
    public async Task Return_FirstGoesAwayAgain_LosesNothing()
    {
        _first.IsAway = true;
        await _chain.StoreAsync(Any.Entries(3), Token);

        Assert.False(await _chain.ReturnAsync(Token));

        Assert.Equal(3, _chain.Backlog);
        Assert.Equal(3, await _second.CountAsync(All, Token));
    }

    [Fact]
    public async Task Initialize_AllAway_SaysSo()
    {
        _first.IsAway = _second.IsAway = _third.IsAway = true;
        await using var chain = Make();

        await Assert.ThrowsAsync<MemoryBackendException>(async () => await chain.InitializeAsync(Token));
    }

    [Fact]
    public async Task Health_FirstAway_SaysWhichAndHowMuchWaits()
    {
        _first.IsAway = true;
        await _chain.StoreAsync(Any.Entries(3), Token);

        var health = await _chain.CheckHealthAsync(Token);

        Assert.False(health.IsHealthy);
        Assert.Contains("first: there is no connection", health.Description, StringComparison.Ordinal);
        Assert.Contains("3 memories wait to go back to first", health.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Initialize_AgainAfterAllWereAway_WorksAndBringsBack()
    {
        _first.IsAway = _second.IsAway = _third.IsAway = true;
        await using var chain = Make();
        await Assert.ThrowsAsync<MemoryBackendException>(async () => await chain.InitializeAsync(Token));

        _second.IsAway = false;
        await chain.InitializeAsync(Token);
        await chain.StoreAsync(Any.Entries(2), Token);
        _first.IsAway = false;
        await chain.ReturnAsync(Token);

        Assert.Equal(2, await _first.CountAsync(All, Token));
    }

    [Fact]
    public void MemoriesChanged_InAnyStore_IsPassedOn()
    {
        var heard = 0;
        void Count(object? sender, MemoriesChangedEventArgs changed) => heard++;

        _chain.MemoriesChanged += Count;
        _second.TellChanged();
        _chain.MemoriesChanged -= Count;
        _second.TellChanged();

        Assert.Equal(1, heard);
    }

    [Fact]
    public void New_Nonsense_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => new BackendChain([], new(), _loggers, _clock));
        Assert.Throws<ArgumentException>(() => new BackendChain([_first, new UnsteadyBackend("first")], new(), _loggers, _clock));
        Assert.Throws<OptionsValidationException>(() => new BackendChain([_first], new() { StartAttempts = 0 }, _loggers, _clock));
    }

    [Fact]
    public async Task UseBackendChain_ThroughTheHost_StoresBelowWhileTheFirstIsAway()
    {
        _first.IsAway = true;
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddMemoryTriggers(options => options.DataDirectory = _directory.File("data")).UseBackendChain(_ => [_first, _second]);
        using var host = builder.Build();
        await host.StartAsync(Token);

        using (var scope = TriggerScope.Workflow("deploy")) scope.Complete();
        var service = host.Services.GetRequiredService<MemoryTriggerService>();
        Assert.True(await service.FlushAsync(cancellationToken: Token));

        Assert.Equal(1, await _second.CountAsync(All, Token));
        Assert.Single(await service.Recall.ListAsync(All, Token));
        Assert.True(File.Exists(_directory.File("data/chain-backlog.db")));
        await host.StopAsync(Token);
    }

    private async ValueTask<BackendChain> OpenAsync()
    {
        var chain = Make();
        await chain.InitializeAsync(Token);
        return chain;
    }

    private BackendChain Make() => new([_first, _second, _third], new() { BacklogPath = _directory.File("backlog.db"), StartAttempts = 1 }, _loggers, _clock);

    private async Task<(long First, long Second, long Third)> CountsAsync() =>
        (await _first.CountAsync(All, Token), await _second.CountAsync(All, Token), await _third.CountAsync(All, Token));
}
