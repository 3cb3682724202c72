using MemoryTriggers.TestKit;

namespace MemoryTriggers.Hosting;

/// <summary>Whatever the store does, the start and the stop end in time. Attached sinks are process-wide.</summary>
[Collection(nameof(ProcessWide))]
public sealed class StartLimitTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly CollectingLoggers _loggers = new(out _);
    private readonly Gate _store = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Theory(Timeout = 60_000)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Start_StoreThatDoesNotOpen_GoesOnAndOpensInTheBackground(bool blocks)
    {
        _store.Blocks = blocks;

        await using var memory = await StartAsync();
        Assert.Contains(_loggers.Warnings, static line => line.Contains("is not open after", StringComparison.Ordinal));
        await using (TriggerScope.Workflow("while it opens")) await Task.Yield();
        Assert.Equal(1, (await memory.GetHealthAsync(Token)).Pending);

        _store.Open.Set();
        Assert.True(await memory.FlushAsync(cancellationToken: Token));

        Assert.Equal("while it opens", Assert.Single(await memory.Recall.ListAsync(new() { AllProjects = true }, Token)).Key);
        Assert.Equal(1, _store.Openings);
    }

    [Fact(Timeout = 60_000)]
    public async Task Health_WhileTheStoreDoesNotOpen_SaysSo()
    {
        await using var memory = await StartAsync(static options => options.Operations.HealthCheckTimeout = TimeSpan.FromMilliseconds(10));

        var health = await memory.GetHealthAsync(Token);

        Assert.Equal((false, MemoryServiceStatus.Unhealthy), (health.Backend.IsHealthy, health.Status));
        Assert.Contains("no answer within", health.Backend.Description, StringComparison.Ordinal);
        _store.Open.Set();
    }

    [Fact(Timeout = 60_000)]
    public async Task Stop_WhileTheStoreDoesNotOpen_Ends()
    {
        var memory = await StartAsync(static options => options.Delivery.ShutdownTimeout = TimeSpan.Zero);

        await memory.DisposeAsync();

        Assert.Equal(0, _store.Disposals);
        _store.Open.Set();
    }

    [Fact(Timeout = 60_000)]
    public async Task Stop_StoreThatDoesNotClose_EndsAndSaysSo()
    {
        _store.Open.Set();
        _store.HangsAtTheEnd = true;
        var memory = await StartAsync(static options => options.Delivery.ShutdownTimeout = TimeSpan.Zero);

        await memory.DisposeAsync();

        Assert.Contains(_loggers.Lines, static line => line.Contains("The stage store did not stop cleanly", StringComparison.Ordinal));
    }

    [Fact(Timeout = 60_000)]
    public async Task Start_Canceled_Throws()
    {
        using var canceled = new CancellationTokenSource();
        await canceled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => MemoryTriggerService.StartAsync(
            options => options.DataDirectory = _directory.Path, _store, _loggers, canceled.Token));
        _store.Open.Set();
    }

    private Task<MemoryTriggerService> StartAsync(Action<MemoryTriggersOptions>? configure = null) => MemoryTriggerService.StartAsync(
        options =>
        {
            options.DataDirectory = _directory.Path;
            options.Operations.StartTimeout = TimeSpan.FromMilliseconds(20);
            configure?.Invoke(options);
        },
        _store, _loggers, Token);

    /// <summary>Opens when it is told to.</summary>
    private sealed class Gate() : DelegatingMemoryBackend(new InMemoryMemoryBackend())
    {
        public ManualResetEventSlim Open { get; } = new();

        /// <summary>Whether opening blocks its thread, rather than answering later.</summary>
        public bool Blocks { get; set; }

        public bool HangsAtTheEnd { get; set; }

        public int Openings { get; private set; }

        public int Disposals { get; private set; }

        public override async ValueTask InitializeAsync(CancellationToken cancellationToken)
        {
            if (Blocks) Open.Wait(CancellationToken.None);
            else await Task.Run(() => Open.Wait(CancellationToken.None), CancellationToken.None);
            Openings++;
            await base.InitializeAsync(cancellationToken);
        }

        public override ValueTask DisposeAsync()
        {
            Disposals++;
            return HangsAtTheEnd ? new ValueTask(new TaskCompletionSource().Task) : base.DisposeAsync();
        }
    }
}
