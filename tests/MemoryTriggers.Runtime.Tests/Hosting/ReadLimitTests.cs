using MemoryTriggers.Configuration;
using MemoryTriggers.Files;
using MemoryTriggers.Policies;
using MemoryTriggers.Problems;
using MemoryTriggers.Recall;
using MemoryTriggers.TestKit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace MemoryTriggers.Hosting;

/// <summary>A read has one time limit, from recall to the store.</summary>
public sealed class ReadLimitTests : IDisposable
{
    private readonly ManualTimeProvider _time = new();
    private readonly Hanging _store = new();
    private readonly TemporaryDirectory _directory = new();
    private readonly WebhookClient _webhooks = new(new PoliciesOptions());

    public static TheoryData<string, string, double> Limits => new()
    {
        { "", "get", 5 },
        { "", "search", 5 },
        { "circuit_breaker: {timeout: 12}", "list", 5 },
        { "performance: {recall_timeout: 8}", "search", 8 },
        { "performance: {recall_timeout: 2, search_timeout: 9}", "get", 2 },
        { "performance: {recall_timeout: 2, search_timeout: 9}", "list", 2 },
        { "performance: {recall_timeout: 2, search_timeout: 9}", "many", 2 },
        { "performance: {recall_timeout: 2, search_timeout: 9}", "count", 2 },
        { "performance: {recall_timeout: 2, search_timeout: 9}", "search", 9 },
        { "performance: {recall_timeout: 2, search_timeout: 9}", "compact", 9 },
        { "performance: {recall_timeout: 60}", "get", 60 },
        { "performance: {recall_timeout: 5, search_timeout: 9}\nbackend: {read_timeout: 4}", "get", 4 },
        { "performance: {recall_timeout: 5, search_timeout: 9}\nbackend: {read_timeout: 7, max_retries: 3}", "search", 7 },
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _webhooks.Dispose();
        _directory.Dispose();
    }

    [Theory(Timeout = 60_000)]
    [MemberData(nameof(Limits))]
    public async Task Read_StoreHangs_IsGivenUpAtTheOneLimit(string yaml, string read, double seconds)
    {
        var stage = Stage(yaml, _store);
        var reading = ReadAsync(stage, read);

        _time.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromTicks(1));
        var isEarly = reading.IsCompleted;
        _time.Advance(TimeSpan.FromTicks(1));

        var failure = await Assert.ThrowsAsync<MemoryServiceUnavailableException>(() => reading);
        Assert.False(isEarly);
        Assert.Equal($"hanging: no answer within {TimeSpan.FromSeconds(seconds)}", failure.Message);
        Assert.Equal(1, Assert.Single(stage.Operations.CircuitBreakers).GetStatus().Failures);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("get", 10)]
    [InlineData("search", 20)]
    public async Task Read_IsRepeatedAndThenHangs_StaysWithinTheLimit(string read, int seconds)
    {
        _store.Failures = 1;
        var stage = Stage("performance: {recall_timeout: 10, search_timeout: 20}\nbackend: {max_retries: 5, retry_delay: 3}", _store);
        var reading = ReadAsync(stage, read);
        _time.Advance(TimeSpan.FromSeconds(3));
        await _store.Second.WaitAsync(Token);

        _time.Advance(TimeSpan.FromSeconds(seconds - 3) - TimeSpan.FromTicks(1));
        var isEarly = reading.IsCompleted;
        _time.Advance(TimeSpan.FromTicks(1));

        await Assert.ThrowsAsync<MemoryServiceUnavailableException>(() => reading);
        Assert.Equal((false, 2), (isEarly, _store.Calls));
        Assert.Equal(1, Assert.Single(stage.Operations.CircuitBreakers).GetStatus().Failures);
    }

    [Fact(Timeout = 60_000)]
    public async Task Read_FirstStoreOfAChainHangs_IsAnsweredByTheNextInTime()
    {
        var second = new UnsteadyBackend("second");
        await second.StoreAsync([Any.Entry()], Token);
        await using var chain = new BackendChain([_store, second], new() { StartAttempts = 1 }, NullLogger.Instance, _time);
        var opening = chain.InitializeAsync(Token).AsTask();
        _time.Advance(TimeSpan.FromSeconds(2));
        await opening;

        var reading = chain.QueryAsync(new() { AllProjects = true }, Token).AsTask();
        _time.Advance((new OperationsOptions().ReadTimeout / 2) - TimeSpan.FromTicks(1));
        var isEarly = reading.IsCompleted;
        _time.Advance(TimeSpan.FromTicks(1));

        Assert.Single(await reading);
        Assert.False(isEarly);
    }

    [Fact(Timeout = 60_000)]
    public async Task Read_EveryStoreOfAChainHangs_IsGivenUpAtTheOneLimit()
    {
        var chain = new BackendChain([_store, new UnsteadyBackend("second") { Hangs = true }], new(), NullLogger.Instance, _time);
        var reading = ReadAsync(Stage("performance: {recall_timeout: 2}", chain), "get");

        _time.Advance(TimeSpan.FromSeconds(2) - TimeSpan.FromTicks(1));
        var isEarly = reading.IsCompleted;
        _time.Advance(TimeSpan.FromTicks(1));

        await Assert.ThrowsAsync<MemoryServiceUnavailableException>(() => reading);
        Assert.False(isEarly);
    }

    private async Task ReadAsync(StoreStage stage, string read)
    {
        var recall = new MemoryRecall(stage.Backend, defaultProject: null, _time);
        await (read switch
        {
            "get" => recall.GetAsync(Any.Id(), Token).AsTask(),
            "many" => recall.GetManyAsync([Any.Id()], Token).AsTask(),
            "list" => recall.ListAsync(cancellationToken: Token).AsTask(),
            "count" => recall.CountAsync(cancellationToken: Token).AsTask(),
            "search" => recall.SearchAsync("word", cancellationToken: Token).AsTask(),
            _ => (Task)recall.SearchCompactAsync("word", cancellationToken: Token).AsTask(),
        });
    }

    private StoreStage Stage(string yaml, IMemoryBackend store)
    {
        var options = new MemoryTriggersOptions { DataDirectory = _directory.Path };
        options.Use(new ConfigurationBuilder().AddInMemoryCollection(YamlSettings.Read($"{Configured.Head}{yaml}\n", "memory.yaml").Values
            .Select(static value => KeyValuePair.Create(value.Key, value.Value))).Build());
        options.DataDirectory = _directory.Path;
        var configured = new ConfiguredStages(
            options.Configured!, options, new DataDirectory(_directory.Path, ""), NullLoggerFactory.Instance, _time);
        return new StoreStage(options, store, data: null, configured, _webhooks, static () => throw new NotSupportedException(),
            static _ => default, ProblemLog.At(null, _time), NullLoggerFactory.Instance, _time);
    }

    /// <summary>Fails as often as it is told to, and then hangs.</summary>
    private sealed class Hanging() : DelegatingMemoryBackend(new InMemoryMemoryBackend())
    {
        private readonly TaskCompletionSource _second = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Failures { get; set; }

        public int Calls { get; private set; }

        public override string Name => "hanging";

        /// <summary>Ends with the second call.</summary>
        public Task Second => _second.Task;

        public override ValueTask<MemoryEntry?> GetAsync(Guid id, CancellationToken cancellationToken) =>
            HangAsync<MemoryEntry?>(cancellationToken);

        public override ValueTask<IReadOnlyList<MemoryEntry>> GetManyAsync(
            IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken) => HangAsync<IReadOnlyList<MemoryEntry>>(cancellationToken);

        public override ValueTask<IReadOnlyList<MemoryEntry>> QueryAsync(MemoryQuery query, CancellationToken cancellationToken) =>
            HangAsync<IReadOnlyList<MemoryEntry>>(cancellationToken);

        public override ValueTask<IReadOnlyList<MemoryHit>> SearchAsync(
            string text, MemoryQuery query, CancellationToken cancellationToken) => HangAsync<IReadOnlyList<MemoryHit>>(cancellationToken);

        public override ValueTask<IReadOnlyList<CompactHit>> SearchCompactAsync(
            string text, MemoryQuery query, CancellationToken cancellationToken) => HangAsync<IReadOnlyList<CompactHit>>(cancellationToken);

        public override ValueTask<long> CountAsync(MemoryQuery query, CancellationToken cancellationToken) =>
            HangAsync<long>(cancellationToken);

        private async ValueTask<T> HangAsync<T>(CancellationToken cancellationToken)
        {
            if (++Calls == 2) _second.SetResult();
            if (Calls <= Failures) throw new MemoryBackendException(Name, "away", isTransient: true);
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            throw new InvalidOperationException("It hangs.");
        }
    }
}
