using System.Diagnostics.Metrics;
using MemoryTriggers.Backends;
using MemoryTriggers.Circuits;
using MemoryTriggers.Configuration;
using MemoryTriggers.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace MemoryTriggers.Operations;

public sealed class RecoveryTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly ManualTimeProvider _clock = new();
    private readonly CollectingLoggers _loggers = new(out _);
    private readonly Meter _meter = new("test");
    private readonly UnsteadyBackend _store = new("unsteady");
    private readonly OperationsOptions _options = new();
    private readonly CircuitBreaker _circuit;
    private readonly HealthMonitor _monitor;

    public RecoveryTests()
    {
        _circuit = new CircuitBreaker("unsteady", _options.CircuitBreaker, _clock, _loggers);
        var guarded = new GuardedBackend(_store, _circuit, _options, new StoreMeasures(TimeSpan.FromSeconds(5)), new OperationInstruments(_meter), _clock);
        _monitor = new HealthMonitor(guarded, [_circuit], _options, _clock, _loggers);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _meter.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public async Task Run_StoreBackByItself_NeedsTheFirstStrategyOnly()
    {
        var report = await Runner().RunAsync(all: false, Token);

        Assert.True(report.IsRecovered);
        Assert.Equal(("service_health", true, "it was asked again"), Assert.Single(report.Attempts.Select(static attempt => (attempt.Strategy, attempt.IsSuccess, attempt.Detail))));
    }

    [Fact]
    public async Task Run_StoreAway_TriesAllInOrderAndRecordsEach()
    {
        _store.IsAway = true;
        var runner = Runner();

        var report = await runner.RunAsync(all: false, Token);

        Assert.False(report.IsRecovered);
        Assert.Equal(["service_health", "configuration", "connectivity", "persistence"], report.Attempts.Select(static attempt => attempt.Strategy));
        Assert.All(report.Attempts, static attempt => Assert.Contains("there is no connection", attempt.Detail, StringComparison.Ordinal));
        Assert.Equal(4, runner.Attempts);
        Assert.Equal(report.Attempts, runner.History);
        Assert.Equal(4, _loggers.Warnings.Count(static line => line.StartsWith("Recovery by ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Run_DataFolderRemoved_IsMadeAgain()
    {
        var folder = _directory.File("gone");
        var store = new UnsteadyBackend("folder");
        var monitor = new HealthMonitor(new FolderBackend(store, folder), [], _options, _clock, _loggers);
        var runner = new RecoveryRunner(
            [new ServiceHealthStrategy(), Configuration(new() { DataDirectory = folder })], monitor.CheckAsync, TimeSpan.FromSeconds(30), new(_meter), _clock, _loggers);

        var report = await runner.RunAsync(all: false, Token);

        Assert.True(report.IsRecovered);
        Assert.Equal([false, true], report.Attempts.Select(static attempt => attempt.IsSuccess));
        Assert.Equal("the data folder was missing and was made again", report.Attempts[1].Detail);
        Assert.Empty(Directory.GetFiles(folder));
    }

    [Fact]
    public async Task Run_SettingsOutOfRange_SaysWhich()
    {
        _store.IsAway = true;
        var options = new MemoryTriggersOptions { DataDirectory = _directory.Path };
        options.Delivery.BatchSize = 0;

        var report = await Runner(options).RunAsync(all: false, Token);

        Assert.Contains("BatchSize", report.Attempts[1].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_StoreHangs_GoesOnAfterItsTime()
    {
        _store.Hangs = true;
        var running = Runner().RunAsync(all: false, Token);

        while (!running.IsCompleted)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        var report = await running;
        Assert.False(report.IsRecovered);
        Assert.Contains("it did not end within", report.Attempts[2].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_All_TriesEveryStrategyOfAHealthyStore()
    {
        await using var sqlite = new SqliteMemoryBackend(new() { Path = _directory.File("memory.db") }, NullLogger<SqliteMemoryBackend>.Instance, TimeProvider.System);
        var opened = new LazyOpenBackend(sqlite);
        var monitor = new HealthMonitor(opened, [], _options, _clock, _loggers);
        var runner = new RecoveryRunner(
            [new ServiceHealthStrategy(), Configuration(new() { DataDirectory = _directory.Path }), new ConnectivityStrategy(opened), new PersistenceStrategy(static _ => default, sqlite)],
            monitor.CheckAsync, TimeSpan.FromSeconds(30), new(_meter), _clock, _loggers);

        var report = await runner.RunAsync(all: true, Token);

        Assert.All(report.Attempts, static attempt => Assert.True(attempt.IsSuccess, attempt.Detail));
        Assert.Equal((true, 4), (report.IsRecovered, report.Attempts.Count));
        Assert.Equal("the journal is on disk, and the database is intact", report.Attempts[3].Detail);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Run_ChainWithADatabase_ChecksTheDatabase(bool isDamaged)
    {
        var options = new SqliteBackendOptions { Path = _directory.File("memory.db") };
        await using (var before = new SqliteMemoryBackend(options, NullLogger<SqliteMemoryBackend>.Instance, TimeProvider.System))
        {
            await before.InitializeAsync(Token);
            await before.StoreAsync(Any.Entries(2_000), Token);
        }

        if (isDamaged)
        {
            await using var bytes = new FileStream(options.Path, FileMode.Open, FileAccess.ReadWrite);
            bytes.Position = bytes.Length / 2;
            bytes.Write(new byte[64 * 1024]);
        }

        await using var sqlite = new SqliteMemoryBackend(options, NullLogger<SqliteMemoryBackend>.Instance, TimeProvider.System);
        await using var chain = new BackendChain([_store, sqlite], new(), _loggers, TimeProvider.System);
        await chain.InitializeAsync(Token);

        var checking = new PersistenceStrategy(static _ => default, chain).TryAsync(Token).AsTask();

        if (isDamaged) await Assert.ThrowsAnyAsync<Exception>(() => checking);
        else Assert.Equal("the journal is on disk, and the database is intact", await checking);
    }

    [Fact]
    public async Task Run_JournalCannotBeSynced_IsNotRecovered()
    {
        var runner = new RecoveryRunner(
            [new PersistenceStrategy(static _ => throw new IOException("the disk is full"), _store)], _monitor.CheckAsync, TimeSpan.FromSeconds(30), new(_meter), _clock, _loggers);

        var report = await runner.RunAsync(all: false, Token);

        Assert.Equal((false, "the disk is full"), (report.IsRecovered, report.Attempts[0].Detail));
    }

    [Fact]
    public async Task Run_Often_KeepsTheLastHundred()
    {
        var runner = Runner();

        for (var run = 0; run < 150; run++) await runner.RunAsync(all: false, Token);

        Assert.Equal((150, 100), (runner.Attempts, runner.History.Count));
    }

    [Fact]
    public async Task Step_StoreComesBack_LetsCallsTryBeforeTheTimeIsUp()
    {
        _store.IsAway = true;
        await OpenAsync();
        _store.IsAway = false;

        await _monitor.StepAsync(Runner(), Token);

        Assert.True(_circuit.IsAvailable);
        await _circuit.ExecuteAsync(static _ => ValueTask.FromResult(1), CallLength.Limited, Token);
        Assert.Equal((CircuitState.HalfOpen, 2), (_circuit.State, _circuit.GetStatus().ProbeSuccesses));
    }

    [Fact]
    public async Task Step_StoreComesBackWhileNobodyCalls_ClosesTheCircuit()
    {
        _store.IsAway = true;
        await OpenAsync();
        _store.IsAway = false;

        for (var check = 0; check < 3; check++) await _monitor.StepAsync(Runner(), Token);

        Assert.Equal(CircuitState.Closed, _circuit.State);
    }

    [Fact]
    public async Task Step_StoreStaysAway_TriesToRecoverLessAndLessOften()
    {
        _store.IsAway = true;
        var runner = Runner();
        var recoveredAt = new List<int>();

        for (var step = 1; step <= 20; step++)
        {
            var before = runner.Attempts;
            await _monitor.StepAsync(runner, Token);
            if (runner.Attempts > before) recoveredAt.Add(step);
        }

        Assert.Equal([1, 2, 4, 8, 16], recoveredAt);
        Assert.False(_circuit.IsAvailable && _circuit.State == CircuitState.Open);
    }

    [Fact]
    public async Task Step_AutomaticRecoveryOff_TriesNothing()
    {
        _store.IsAway = true;
        _options.AutomaticRecovery = false;
        var runner = Runner();

        await _monitor.StepAsync(runner, Token);

        Assert.Equal(0, runner.Attempts);
        Assert.False(_monitor.History.Last!.IsHealthy);
    }

    [Fact]
    public async Task Check_HangingStore_IsGivenUp()
    {
        _store.Hangs = true;

        var check = _monitor.CheckAsync(Token);
        _clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal("unsteady: no answer within 00:00:05", (await check).Description);
    }

    [Fact]
    public async Task Check_StoreCancelsItself_SaysWhatTheStoreSays()
    {
        _store.CancelsItself = true;

        var health = await _monitor.CheckAsync(Token);

        Assert.Equal((false, "unsteady: the client gave up"), (health.IsHealthy, health.Description));
    }

    [Fact]
    public async Task Run_StoreCancelsItself_SaysWhatTheStoreSays()
    {
        _store.CancelsItself = true;

        var report = await Runner().RunAsync(all: false, Token);

        Assert.Contains("the client gave up", report.Attempts[2].Detail, StringComparison.Ordinal);
        Assert.DoesNotContain(report.Attempts, static attempt => attempt.Detail.Contains("within", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Check_Cancelled_Throws()
    {
        _store.Hangs = true;
        using var cancelling = new CancellationTokenSource();

        var check = _monitor.CheckAsync(cancelling.Token);
        await cancelling.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => check);
    }

    [Fact]
    public async Task Check_GoesAndComes_IsLoggedOnceEach()
    {
        foreach (var isAway in new[] { false, true, true, false, false })
        {
            _store.IsAway = isAway;
            await _monitor.CheckAsync(Token);
        }

        Assert.Equal(["The store unsteady is unhealthy: unsteady: there is no connection", "The store unsteady is healthy again"], _loggers.Lines);
        Assert.Equal((5, 3, 60.0, 2), (_monitor.History.Checks, _monitor.History.Successes, _monitor.History.UptimePercentage, _monitor.History.ConsecutiveSuccesses));
    }

    [Fact]
    public async Task Run_Loop_ChecksEveryThirtySeconds()
    {
        using var stop = new CancellationTokenSource();
        var loop = _monitor.RunAsync(Runner(), stop.Token);
        Assert.Equal(0, _store.Calls);

        for (var tick = 1; tick <= 3; tick++)
        {
            _clock.Advance(TimeSpan.FromSeconds(29));
            Assert.Equal(tick - 1, _monitor.History.Checks);
            _clock.Advance(TimeSpan.FromSeconds(1));
            while (_monitor.History.Checks < tick) await Task.Yield();
        }

        await stop.CancelAsync();
        await loop;
        Assert.Equal(3, _monitor.History.Checks);
    }

    private RecoveryRunner Runner(MemoryTriggersOptions? options = null) => new(
        [
            new ServiceHealthStrategy(),
            Configuration(options ?? new() { DataDirectory = _directory.Path }),
            new ConnectivityStrategy(_store),
            new PersistenceStrategy(static _ => default, _store),
        ],
        _monitor.CheckAsync, TimeSpan.FromSeconds(30), new OperationInstruments(_meter), _clock, _loggers);

    private async Task OpenAsync()
    {
        for (var call = 0; call < 5; call++)
        {
            await Assert.ThrowsAsync<MemoryBackendException>(async () => await _circuit.ExecuteAsync<int>(
                static _ => throw new MemoryBackendException("unsteady", "away", isTransient: true), CallLength.Limited, Token));
        }
    }

    private static ConfigurationStrategy Configuration(MemoryTriggersOptions options) =>
        new(options.DataDirectory, () => new MemoryTriggersOptionsValidator().Validate(null, options).FailureMessage);
}
