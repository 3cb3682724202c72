using System.Diagnostics;
using MemoryTriggers.PostgresWriter;
using MemoryTriggers.TestKit;
using MemoryTriggers.Tests.Server;

namespace MemoryTriggers.Tests.Sharing;

public sealed class PostgresSharingTests(SharedServer server) : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly PostgresSchemaUnderTest _schema = server.NewSchema();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Circuit_OpensInOneProgram_OpensInTheOther()
    {
        await using var one = await SharingProgram.StartAsync(_schema);
        await using var other = await SharingProgram.StartAsync(_schema);

        await one.FailAsync();
        await one.ExchangeAsync();
        await other.ExchangeAsync();

        Assert.Equal(CircuitState.Open, other.Circuit.State);
        Assert.Contains("The circuit of store mem0 is open: another process found it failing", other.Loggers.Warnings);
    }

    [Fact]
    public async Task Circuit_ClosesInOneProgram_TheOtherTriesAtOnce()
    {
        await using var one = await SharingProgram.StartAsync(_schema);
        await using var other = await SharingProgram.StartAsync(_schema);
        await one.FailAsync();
        await one.ExchangeAsync();
        await other.ExchangeAsync();
        one.Clock.Advance(TimeSpan.FromMinutes(1));

        await one.SucceedAsync();
        await one.ExchangeAsync();
        await other.ExchangeAsync();

        await other.SucceedAsync();
        Assert.Equal((CircuitState.Closed, CircuitState.Closed), (one.Circuit.State, other.Circuit.State));
    }

    [Fact]
    public async Task Circuit_StoreAwayForOneProgramOnly_DoesNotKeepTheOtherFromIt()
    {
        await using var lonely = await SharingProgram.StartAsync(_schema);
        await using var other = await SharingProgram.StartAsync(_schema);
        await lonely.FailAsync();
        await lonely.ExchangeAsync();
        await other.ExchangeAsync();
        other.Clock.Advance(TimeSpan.FromMinutes(1));
        await other.SucceedAsync();
        await other.ExchangeAsync();

        await lonely.ExchangeAsync();
        await lonely.FailAsync();
        await lonely.ExchangeAsync();
        await other.ExchangeAsync();

        Assert.Equal((CircuitState.Open, CircuitState.Closed), (lonely.Circuit.State, other.Circuit.State));
    }

    [Fact]
    public async Task Isolate_InOneProgram_HoldsForAllUntilAnyOfThemResets()
    {
        await using var one = await SharingProgram.StartAsync(_schema);
        await using var other = await SharingProgram.StartAsync(_schema);
        await other.FailAsync();
        one.Circuit.Isolate();
        await one.ExchangeAsync();
        // It says that the store fails, and hears that it is isolated.
        await other.ExchangeAsync();
        Assert.True(other.Circuit.GetStatus().IsIsolated);

        await using var later = await SharingProgram.StartAsync(_schema);
        await later.ExchangeAsync();
        Assert.True(later.Circuit.GetStatus().IsIsolated);
        later.Circuit.Reset();
        await later.ExchangeAsync();
        await one.ExchangeAsync();
        await other.ExchangeAsync();

        Assert.Equal((CircuitState.Closed, CircuitState.Closed), (one.Circuit.State, other.Circuit.State));
    }

    [Fact]
    public async Task Limit_TwoPrograms_HoldsForBothTogether()
    {
        await using var one = await SharingProgram.StartAsync(_schema);
        await using var other = await SharingProgram.StartAsync(_schema);
        Assert.Equal(3, one.Pass(3));
        await one.ExchangeAsync();
        await other.ExchangeAsync();

        Assert.Equal(2, other.Pass(4));

        await other.ExchangeAsync();
        await one.ExchangeAsync();
        Assert.Equal(0, one.Pass(1));
        _schema.Time.Jump(TimeSpan.FromMinutes(62));
        Assert.Equal(5, one.Pass(6));
    }

    [Fact]
    public async Task Limit_AnotherGroup_CountsForItself()
    {
        await using var one = await SharingProgram.StartAsync(_schema);
        await using var other = await SharingProgram.StartAsync(_schema, "another");
        one.Pass(5);
        await one.ExchangeAsync();
        await other.ExchangeAsync();

        Assert.Equal(5, other.Pass(6));
    }

    [Fact]
    public async Task Limit_WindowsThatAreOver_AreForgottenInTheDatabase()
    {
        await using var one = await SharingProgram.StartAsync(_schema);
        one.Pass(5);
        await one.ExchangeAsync();
        Assert.Equal(1L, await _schema.ExecuteAsync("SELECT count(*) FROM shared_count"));
        _schema.Time.Jump(TimeSpan.FromHours(2));

        await using var later = await SharingProgram.StartAsync(_schema);
        await later.ExchangeAsync();

        Assert.Equal(0L, await _schema.ExecuteAsync("SELECT count(*) FROM shared_count"));
    }

    [Fact]
    public async Task Exchange_TablesAreGone_GoesByWhatItKnowsAndSaysSoOnce()
    {
        await using var program = await SharingProgram.StartAsync(_schema);
        await _schema.ExecuteAsync("ALTER TABLE shared_count RENAME TO hidden");
        Assert.Equal(3, program.Pass(3));

        await program.ExchangeAsync();
        await program.ExchangeAsync();

        Assert.Equal(2, program.Pass(3));
        Assert.NotNull(program.Problem);
        Assert.Single(program.Loggers.Warnings);
        await _schema.ExecuteAsync("ALTER TABLE hidden RENAME TO shared_count");
        await program.ExchangeAsync();
        Assert.Null(program.Problem);
        Assert.Equal(5L, await _schema.ExecuteAsync("SELECT sum(count) FROM shared_count"));
    }

    [Fact(Timeout = 120_000)]
    public async Task Program_AnotherProcess_SharesItsCircuitAndItsLimit()
    {
        // The other process has the real time.
        _schema.Time.Jump(TimeProvider.System.GetUtcNow() - _schema.Time.GetUtcNow());
        using var process = Process.Start(SharingProcess.Start(_schema.ConnectionString, _schema.Name, _directory.Path, memories: 3))!;
        Assert.Equal("0", await process.StandardOutput.ReadLineAsync(Token));
        await process.WaitForExitAsync(Token);

        var limits = await SharingProgram.StartAsync(_schema);
        await using var disposing = limits;
        await limits.ExchangeAsync();

        Assert.Equal(2, limits.Pass(4));
        Assert.Equal("postgresql isolated", await _schema.ExecuteAsync("SELECT backend || ' ' || state FROM shared_circuit"));
    }

    [Fact(Timeout = 120_000)]
    public async Task Service_StoreIsolatedElsewhere_IsIsolatedHere()
    {
        await using var one = await StartAsync("one");
        await using var other = await StartAsync("other");
        var opened = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        other.CircuitBreakers[0].StateChanged += (_, changed) => opened.TrySetResult(changed.Reason);

        one.CircuitBreakers[0].Isolate();
        await opened.Task.WaitAsync(Token);

        Assert.True(other.CircuitBreakers[0].GetStatus().IsIsolated);
    }

    private Task<MemoryTriggerService> StartAsync(string folder) => MemoryTriggerService.StartAsync(
        options => options.DataDirectory = Path.Combine(_directory.Path, folder),
        _schema.Create(static options => (options.ShareBreakers, options.ShareInterval) = (true, TimeSpan.FromMilliseconds(100))),
        new CollectingLoggers(out _), Token);
}
