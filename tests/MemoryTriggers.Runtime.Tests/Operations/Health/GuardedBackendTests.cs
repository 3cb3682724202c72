using System.Diagnostics;
using System.Diagnostics.Metrics;
using MemoryTriggers.TestKit;

namespace MemoryTriggers.Operations;

public sealed class GuardedBackendTests : IDisposable
{
    private static readonly MemoryQuery All = new() { AllProjects = true };
    private readonly ManualTimeProvider _clock = new();
    private readonly Meter _meter = new("test");
    private readonly UnsteadyBackend _store = new("unsteady");
    private readonly StoreMeasures _measures = new(TimeSpan.FromSeconds(5));
    private readonly OperationsOptions _options = new();
    private readonly CircuitBreaker _circuit;
    private readonly GuardedBackend _guarded;

    public GuardedBackendTests()
    {
        _circuit = new CircuitBreaker("unsteady", new CircuitBreakerOptions(), _clock, new CollectingLoggers(out _));
        _guarded = new GuardedBackend(_store, _circuit, _options, _measures, new OperationInstruments(_meter), _clock);
    }

    public static TheoryData<string, Func<IMemoryBackend, ValueTask>> Calls => new()
    {
        { "store", static async backend => await backend.StoreAsync(Any.Entries(1), Token) },
        { "get", static async backend => await backend.GetAsync(Any.Id(), Token) },
        { "query", static async backend => await backend.QueryAsync(All, Token) },
        { "search", static async backend => await backend.SearchAsync("word", All, Token) },
        { "count", static async backend => await backend.CountAsync(All, Token) },
        { "delete", static async backend => await backend.DeleteAsync(Any.Id(), Token) },
        { "delete_many", static async backend => await backend.DeleteManyAsync(All, Token) },
        { "statistics", static async backend => await backend.GetStatisticsAsync(All, Token) },
        { "change", static async backend => await backend.ChangeAsync(Any.Id(), static _ => Any.Entries(1), Token) },
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _meter.Dispose();

    [Theory]
    [MemberData(nameof(Calls), DisableDiscoveryEnumeration = true)]
    public async Task Call_StoreAway_IsUnavailableAndNeverEmpty(string operation, Func<IMemoryBackend, ValueTask> call)
    {
        _store.IsAway = true;

        var failure = await Assert.ThrowsAsync<MemoryServiceUnavailableException>(async () => await call(_guarded));

        Assert.Equal("unsteady: there is no connection", failure.Message);
        Assert.Equal((operation, 1L), (Assert.Single(_measures.Operations).Operation, _measures.Operations[0].FailedCalls));
    }

    [Theory]
    [MemberData(nameof(Calls), DisableDiscoveryEnumeration = true)]
    public async Task Call_CircuitOpen_IsUnavailableAndNotMeasured(string operation, Func<IMemoryBackend, ValueTask> call)
    {
        _circuit.Isolate();

        await Assert.ThrowsAsync<MemoryServiceUnavailableException>(async () => await call(_guarded));

        Assert.Equal((0, 0L), (_store.Calls, _measures.Counts.Calls));
        Assert.NotEmpty(operation);
    }

    [Theory]
    [MemberData(nameof(Calls), DisableDiscoveryEnumeration = true)]
    public async Task Call_StoreThere_IsMeasured(string operation, Func<IMemoryBackend, ValueTask> call)
    {
        await call(_guarded);

        var measured = Assert.Single(_measures.Operations);
        Assert.Equal((operation, 1L, 1.0), (measured.Operation, measured.SuccessfulCalls, measured.SuccessRate));
    }

    [Fact]
    public async Task Store_Refused_IsTheStoresWord()
    {
        _store.Refuses = true;

        var refusal = await Assert.ThrowsAsync<MemoryBackendException>(async () => await _guarded.StoreAsync(Any.Entries(1), Token));

        Assert.False(refusal.IsTransient);
        Assert.Equal(0, _circuit.GetStatus().Failures);
    }

    [Fact]
    public async Task Call_WithoutWhatItNeeds_IsTheCallersFailure()
    {
        await Assert.ThrowsAsync<ArgumentNullException>(async () => await _guarded.SearchAsync(null!, All, Token));
        await Assert.ThrowsAsync<ArgumentNullException>(async () => await _guarded.QueryAsync(null!, Token));
        await Assert.ThrowsAsync<ArgumentNullException>(async () => await _guarded.StoreAsync(null!, Token));

        Assert.Equal((0, 0), (_store.Calls, _circuit.GetStatus().Requests));
    }

    [Fact]
    public async Task Change_FunctionThrows_IsTheCallersFailure()
    {
        await Assert.ThrowsAsync<FormatException>(async () => await _guarded.ChangeAsync(Any.Id(), static _ => throw new FormatException(), Token));

        Assert.Equal((0, 1), (_circuit.GetStatus().Failures, _circuit.GetStatus().Successes));
    }

    [Fact]
    public async Task Store_GivenUpByDelivery_IsAFailure()
    {
        _store.Hangs = true;
        using var deadline = new CancellationTokenSource();
        var storing = _guarded.StoreAsync(Any.Entries(1), deadline.Token).AsTask();
        _clock.Advance(TimeSpan.FromSeconds(30));

        await deadline.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => storing);

        Assert.Equal((1L, 1L), (_measures.Counts.Failures, _measures.Counts.Slow));
        Assert.Equal(1, _circuit.GetStatus().Failures);
    }

    [Fact]
    public async Task CheckHealth_StoreHangs_IsUnwellAfterItsTime()
    {
        _store.Hangs = true;
        _options.HealthCheckTimeout = TimeSpan.FromSeconds(4);

        var checking = _guarded.CheckHealthAsync(Token).AsTask();
        _clock.Advance(TimeSpan.FromSeconds(4));

        Assert.Equal("unsteady: no answer within 00:00:04", (await checking).Description);
    }

    [Fact]
    public async Task CheckHealth_CircuitOpen_AsksTheStoreAllTheSame()
    {
        _circuit.Isolate();

        Assert.True((await _guarded.CheckHealthAsync(Token)).IsHealthy);
    }

    [Fact]
    public async Task Store_BatchesOfTypes_AreCountedByType()
    {
        await _guarded.StoreAsync([.. Any.Entries(3).Select(static entry => entry with { TriggerType = TriggerType.IssueResolution })], Token);
        await _guarded.StoreAsync([Any.Entry() with { TriggerType = null }], Token);

        Assert.Equal(3, _measures.StoredByType[TriggerType.IssueResolution]);
        Assert.Equal(1, _measures.StoredByPrograms);
    }

    [Fact]
    public async Task Read_InACallersTrace_IsAChildOfIt()
    {
        using var spans = new CollectedSpans();
        using var caller = new Activity("request").Start();

        await _guarded.SearchAsync("word", All, Token);

        var span = Assert.Single(spans.Of(caller.TraceId));
        Assert.Equal(("search unsteady", caller.SpanId), (span.DisplayName, span.ParentSpanId));
        Assert.Equal("unsteady", span.GetTagItem("memory_triggers.backend"));
    }

    [Fact]
    public async Task Store_BatchOfOneSpan_JoinsItsTrace()
    {
        using var spans = new CollectedSpans();
        var (trace, parent) = (ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom());

        await _guarded.StoreAsync([Any.Entry() with { TraceId = trace.ToHexString(), SpanId = parent.ToHexString() }], Token);

        var span = Assert.Single(spans.Of(trace));
        Assert.Equal((parent, 1), (span.ParentSpanId, span.GetTagItem("memory_triggers.batch.size")));
    }

    [Fact]
    public async Task Store_BatchOfSeveralSpans_LinksToThem()
    {
        using var spans = new CollectedSpans();
        var traces = Enumerable.Range(0, 3).Select(static _ => ActivityTraceId.CreateRandom()).ToList();

        await _guarded.StoreAsync([.. traces.Select(static trace => Any.Entry() with { TraceId = trace.ToHexString(), SpanId = ActivitySpanId.CreateRandom().ToHexString() })], Token);

        var span = Assert.Single(spans.All, span => span.Links.Any(link => link.Context.TraceId == traces[0]));
        Assert.Equal(traces, span.Links.Select(static link => link.Context.TraceId));
    }

    [Fact]
    public async Task Call_Fails_SpanSaysWhyWithoutTheMessage()
    {
        using var spans = new CollectedSpans();
        using var caller = new Activity("request").Start();
        _store.IsAway = true;

        await Assert.ThrowsAsync<MemoryServiceUnavailableException>(async () => await _guarded.GetAsync(Any.Id(), Token));

        var span = Assert.Single(spans.Of(caller.TraceId));
        Assert.Equal((ActivityStatusCode.Error, null, "MemoryTriggers.MemoryBackendException"), (span.Status, span.StatusDescription, span.GetTagItem("error.type")));
    }
}
