using MemoryTriggers.Circuits;
using MemoryTriggers.TestKit;

namespace MemoryTriggers.Operations;

public sealed class CircuitBreakerTests
{
    private readonly ManualTimeProvider _clock = new();
    private readonly CollectingLoggers _loggers = new(out _);
    private readonly List<(CircuitState From, CircuitState To)> _changes = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Options_NotSet_AreThoseOfTheReference()
    {
        var options = new CircuitBreakerOptions();

        Assert.True(options.Enabled);
        Assert.Equal((5, 3, 3), (options.FailureThreshold, options.SuccessThreshold, options.MaxProbes));
        Assert.Equal((60, 30, 5), (options.RecoveryTimeout.TotalSeconds, options.OperationTimeout.TotalSeconds, options.SlowCall.TotalSeconds));
        Assert.Equal(0.5, options.SlowCallRate);
    }

    [Fact]
    public async Task Execute_FailuresReachTheThreshold_OpensAndAsksTheStoreNoMore()
    {
        var circuit = New();
        await FailAsync(circuit, 5);
        var calls = 0;

        var refusal = await Assert.ThrowsAsync<MemoryServiceUnavailableException>(async () => await circuit.ExecuteAsync(_ => ValueTask.FromResult(++calls), CallLength.Limited, Token));

        Assert.Equal((CircuitState.Open, 0), (circuit.State, calls));
        Assert.Equal(TimeSpan.FromSeconds(60), refusal.RetryAfter);
        Assert.True(refusal.IsTransient);
        Assert.Equal([(CircuitState.Closed, CircuitState.Open)], _changes);
        Assert.Contains("The circuit of store s is open: it failed too often", _loggers.Warnings);
        Assert.Equal((1, 1), (circuit.GetStatus().Opens, circuit.GetStatus().Rejected));
    }

    [Fact]
    public async Task Execute_FewerThanHalfFail_StaysClosed()
    {
        var circuit = New();
        await SucceedAsync(circuit, 6);
        await FailAsync(circuit, 4);
        await SucceedAsync(circuit, 1);

        await FailAsync(circuit, 2);

        Assert.Equal(CircuitState.Closed, circuit.State);
        await FailAsync(circuit, 1);
        Assert.Equal(CircuitState.Open, circuit.State);
    }

    [Fact]
    public async Task Execute_FailuresFarApart_StaysClosed()
    {
        var circuit = New();

        for (var failure = 0; failure < 20; failure++)
        {
            await FailAsync(circuit, 1);
            await SucceedAsync(circuit, 1);
            _clock.Advance(TimeSpan.FromSeconds(10));
        }

        Assert.Equal(CircuitState.Closed, circuit.State);
        Assert.Equal(20, circuit.GetStatus().Failures);
    }

    [Fact]
    public async Task Execute_BusyStoreThatFailsInARow_Opens()
    {
        var circuit = New();
        await SucceedAsync(circuit, 1_000);

        await FailAsync(circuit, 4);
        Assert.Equal(CircuitState.Closed, circuit.State);
        await FailAsync(circuit, 1);

        Assert.Equal(CircuitState.Open, circuit.State);
        Assert.Contains("The circuit of store s is open: 5 calls in a row failed", _loggers.Warnings);
    }

    [Fact]
    public async Task Execute_SuccessAmongFailures_BreaksTheRow()
    {
        var circuit = New();
        await SucceedAsync(circuit, 1_000);

        await FailAsync(circuit, 4);
        await SucceedAsync(circuit, 1);
        await FailAsync(circuit, 4);

        Assert.Equal(CircuitState.Closed, circuit.State);
    }

    [Fact]
    public async Task Check_ThatPasses_CountsAsACallThatTries()
    {
        var circuit = New();
        await FailAsync(circuit, 5);

        await CheckAsync(circuit, isHealthy: true);
        Assert.Equal((CircuitState.HalfOpen, 1), (circuit.State, circuit.GetStatus().ProbeSuccesses));
        await CheckAsync(circuit, isHealthy: true);
        await CheckAsync(circuit, isHealthy: true);

        Assert.Equal(CircuitState.Closed, circuit.State);
        Assert.Equal(0, circuit.GetStatus().Probes);
    }

    [Fact]
    public async Task Check_ThatFails_LeavesTheCircuitAsItIs()
    {
        var circuit = New();
        await CheckAsync(circuit, isHealthy: false);
        Assert.Equal((CircuitState.Closed, 0), (circuit.State, circuit.GetStatus().Failures));
        await FailAsync(circuit, 5);

        await CheckAsync(circuit, isHealthy: false);

        Assert.Equal(CircuitState.Open, circuit.State);
    }

    [Fact]
    public async Task Check_OfAnIsolatedStore_LeavesItIsolated()
    {
        var circuit = New();
        circuit.Isolate();

        for (var i = 0; i < 5; i++) await CheckAsync(circuit, isHealthy: true);

        Assert.Equal(CircuitState.Open, circuit.State);
        Assert.True(circuit.GetStatus().IsIsolated);
    }

    [Fact]
    public async Task Execute_OpenForLong_ClosesAfterEnoughSuccesses()
    {
        var circuit = New();
        await FailAsync(circuit, 5);
        Assert.False(circuit.IsAvailable);
        _clock.Advance(TimeSpan.FromSeconds(60));
        Assert.True(circuit.IsAvailable);

        await SucceedAsync(circuit, 2);
        Assert.Equal(CircuitState.HalfOpen, circuit.State);
        await SucceedAsync(circuit, 1);

        Assert.Equal([(CircuitState.Closed, CircuitState.Open), (CircuitState.Open, CircuitState.HalfOpen), (CircuitState.HalfOpen, CircuitState.Closed)], _changes);
        Assert.Equal((1, 1), (circuit.GetStatus().RecoveryAttempts, circuit.GetStatus().Closes));
    }

    [Fact]
    public async Task Execute_OneProbeFails_OpensAgainForAsLong()
    {
        var circuit = New();
        await FailAsync(circuit, 5);
        _clock.Advance(TimeSpan.FromSeconds(60));
        await SucceedAsync(circuit, 2);

        await FailAsync(circuit, 1);

        Assert.Equal(CircuitState.Open, circuit.State);
        _clock.Advance(TimeSpan.FromSeconds(59));
        Assert.False(circuit.IsAvailable);
    }

    [Fact]
    public async Task Execute_HalfOpen_LetsOnlySoManyTryAtOnce()
    {
        var circuit = New();
        await FailAsync(circuit, 5);
        _clock.Advance(TimeSpan.FromSeconds(60));
        var gate = new TaskCompletionSource<int>();
        var probes = Enumerable.Range(0, 3).Select(_ => circuit.ExecuteAsync(_ => new ValueTask<int>(gate.Task), CallLength.Limited, Token).AsTask()).ToList();

        await Assert.ThrowsAsync<MemoryServiceUnavailableException>(async () => await SucceedAsync(circuit, 1));

        Assert.Equal(3, circuit.GetStatus().Probes);
        gate.SetResult(1);
        await Task.WhenAll(probes);
        Assert.Equal(CircuitState.Closed, circuit.State);
    }

    [Fact]
    public async Task Execute_ProbesGivenUp_MakeRoomForOthers()
    {
        var circuit = New();
        await FailAsync(circuit, 5);
        _clock.Advance(TimeSpan.FromSeconds(60));
        using var stop = new CancellationTokenSource();
        var probes = Enumerable.Range(0, 3).Select(_ => HangAsync(circuit, stop.Token)).ToList();

        await stop.CancelAsync();
        await Task.WhenAll(probes).ContinueWith(static _ => { }, TaskScheduler.Default);

        Assert.Equal((CircuitState.HalfOpen, 0), (circuit.State, circuit.GetStatus().Probes));
        await SucceedAsync(circuit, 3);
        Assert.Equal(CircuitState.Closed, circuit.State);
    }

    // The reference looked for slow calls only among the failed ones.
    [Fact]
    public async Task Execute_SlowSuccesses_Open()
    {
        var circuit = New();

        await SlowAsync(circuit, 5);

        Assert.Equal(CircuitState.Open, circuit.State);
        Assert.Equal((5, 5, 0), (circuit.GetStatus().Slow, circuit.GetStatus().Successes, circuit.GetStatus().Failures));
    }

    [Fact]
    public async Task Execute_FewSlowAmongMany_StaysClosed()
    {
        var circuit = New(static options => options.SlowCallRate = 0.8);
        await SucceedAsync(circuit, 2);

        await SlowAsync(circuit, 5);

        Assert.Equal(CircuitState.Closed, circuit.State);
    }

    [Fact]
    public async Task Execute_LongOperation_IsNeverSlowNorGivenUp()
    {
        var circuit = New();

        for (var call = 0; call < 10; call++)
        {
            await circuit.ExecuteAsync(
                _ =>
                {
                    _clock.Advance(TimeSpan.FromMinutes(5));
                    return ValueTask.FromResult(1);
                },
                CallLength.Long, Token);
        }

        Assert.Equal((CircuitState.Closed, 0), (circuit.State, circuit.GetStatus().Slow));
    }

    [Fact]
    public async Task Execute_NoAnswer_IsGivenUpAndFails()
    {
        var circuit = New();

        var call = HangAsync(circuit, Token);
        _clock.Advance(TimeSpan.FromSeconds(30));
        var failure = await Assert.ThrowsAsync<MemoryServiceUnavailableException>(() => call);

        Assert.Equal("s: no answer within 00:00:30", failure.Message);
        Assert.Equal(1, circuit.GetStatus().Failures);
    }

    [Fact]
    public async Task Execute_CallerGivesUpSoon_SaysNothingOfTheStore()
    {
        var circuit = New();
        using var stop = new CancellationTokenSource();
        var call = HangAsync(circuit, stop.Token);

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);

        Assert.Equal(0, circuit.GetStatus().Requests);
    }

    [Fact]
    public async Task Execute_CallerGivesUpAfterLong_CountsAsFailed()
    {
        var circuit = New();
        using var stop = new CancellationTokenSource();
        var call = circuit.ExecuteAsync(HangAsync, CallLength.LimitedByCaller, stop.Token).AsTask();
        _clock.Advance(TimeSpan.FromSeconds(45));

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);

        Assert.Equal((1, 1), (circuit.GetStatus().Failures, circuit.GetStatus().Slow));
    }

    [Fact]
    public async Task Execute_Refusals_AreAnswers()
    {
        var circuit = New();

        for (var call = 0; call < 10; call++)
        {
            await Assert.ThrowsAsync<MemoryBackendException>(async () => await circuit.ExecuteAsync<int>(
                static _ => throw new MemoryBackendException("s", "not this", isTransient: false), CallLength.Limited, Token));
        }

        Assert.Equal((CircuitState.Closed, 10), (circuit.State, circuit.GetStatus().Successes));
    }

    [Fact]
    public async Task Execute_BackendThrowsAnything_IsAnOutage()
    {
        var circuit = New();

        var failure = await Assert.ThrowsAsync<MemoryServiceUnavailableException>(async () => await circuit.ExecuteAsync<int>(
            static _ => throw new InvalidOperationException("a bug"), CallLength.Limited, Token));

        Assert.IsType<InvalidOperationException>(failure.InnerException);
        Assert.Equal(1, circuit.GetStatus().Failures);
    }

    [Fact]
    public async Task Execute_EndsInAnotherState_HasNoSayInIt()
    {
        var circuit = New();
        var late = new TaskCompletionSource<int>();
        var call = circuit.ExecuteAsync(_ => new ValueTask<int>(late.Task), CallLength.LimitedByCaller, Token).AsTask();
        await FailAsync(circuit, 5);
        _clock.Advance(TimeSpan.FromSeconds(60));
        await SucceedAsync(circuit, 2);

        late.SetException(new MemoryBackendException("s", "away", isTransient: true));
        await Assert.ThrowsAsync<MemoryBackendException>(() => call);

        Assert.Equal(CircuitState.HalfOpen, circuit.State);
    }

    [Fact]
    public async Task Isolate_UntilReset_RefusesAllThatTime()
    {
        var circuit = New();

        circuit.Isolate();
        circuit.LetTry();
        _clock.Advance(TimeSpan.FromDays(1));
        var refusal = await Assert.ThrowsAsync<MemoryServiceUnavailableException>(async () => await SucceedAsync(circuit, 1));
        Assert.Equal(("s: it was isolated by hand", null), (refusal.Message, refusal.RetryAfter));
        circuit.Reset();
        await SucceedAsync(circuit, 1);

        Assert.False(circuit.GetStatus().IsIsolated);
        Assert.Equal([(CircuitState.Closed, CircuitState.Open), (CircuitState.Open, CircuitState.Closed)], _changes);
    }

    [Fact]
    public async Task Reset_AfterFailures_ForgetsThem()
    {
        var circuit = New();
        await FailAsync(circuit, 4);

        circuit.Reset();
        await FailAsync(circuit, 4);

        Assert.Equal(CircuitState.Closed, circuit.State);
    }

    [Fact]
    public async Task LetTry_BeforeItsTime_LetsCallsTry()
    {
        var circuit = New();
        await FailAsync(circuit, 5);

        circuit.LetTry();
        await SucceedAsync(circuit, 1);

        Assert.Equal(CircuitState.HalfOpen, circuit.State);
    }

    [Fact]
    public async Task Disabled_ManyFailures_LetsAllThroughAndCounts()
    {
        var circuit = New(static options => options.Enabled = false);

        await FailAsync(circuit, 50);

        Assert.Equal((CircuitState.Closed, 50), (circuit.State, circuit.GetStatus().Failures));
        circuit.Isolate();
        await Assert.ThrowsAsync<MemoryServiceUnavailableException>(async () => await SucceedAsync(circuit, 1));
    }

    [Fact]
    public async Task StateChanged_HandlerThrows_IsLoggedAndNothingElse()
    {
        var circuit = New();
        circuit.StateChanged += static (_, _) => throw new InvalidOperationException("theirs");

        await FailAsync(circuit, 5);

        Assert.Equal(CircuitState.Open, circuit.State);
        Assert.Contains("A handler of the circuit of store s failed", _loggers.Warnings);
    }

    [Fact]
    public async Task StateChanged_HandlerResets_DoesNotHang()
    {
        var circuit = New();
        circuit.StateChanged += (_, changed) =>
        {
            if (changed.To == CircuitState.Open) circuit.Reset();
        };

        await FailAsync(circuit, 5);

        Assert.Equal(CircuitState.Closed, circuit.State);
    }

    private CircuitBreaker New(Action<CircuitBreakerOptions>? configure = null)
    {
        var options = new CircuitBreakerOptions();
        configure?.Invoke(options);
        var circuit = new CircuitBreaker("s", options, _clock, _loggers);
        circuit.StateChanged += (_, changed) => _changes.Add((changed.From, changed.To));
        return circuit;
    }

    private static async Task SucceedAsync(CircuitBreaker circuit, int times)
    {
        for (var call = 0; call < times; call++) await circuit.ExecuteAsync(static _ => ValueTask.FromResult(1), CallLength.Limited, Token);
    }

    private async Task SlowAsync(CircuitBreaker circuit, int times)
    {
        for (var call = 0; call < times; call++)
        {
            await circuit.ExecuteAsync(
                _ =>
                {
                    _clock.Advance(TimeSpan.FromSeconds(5));
                    return ValueTask.FromResult(1);
                },
                CallLength.Limited, Token);
        }
    }

    private static async Task FailAsync(CircuitBreaker circuit, int times)
    {
        for (var call = 0; call < times; call++)
        {
            await Assert.ThrowsAsync<MemoryBackendException>(async () => await circuit.ExecuteAsync<int>(
                static _ => throw new MemoryBackendException("s", "away", isTransient: true), CallLength.Limited, Token));
        }
    }

    private static Task<int> HangAsync(CircuitBreaker circuit, CancellationToken cancellationToken) =>
        circuit.ExecuteAsync(HangAsync, CallLength.Limited, cancellationToken).AsTask();

    private static async Task CheckAsync(CircuitBreaker circuit, bool isHealthy) =>
        await circuit.CheckAsync(_ => ValueTask.FromResult(new MemoryBackendHealth("s", isHealthy, "")), Token);

    private static async ValueTask<int> HangAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        return 0;
    }
}
