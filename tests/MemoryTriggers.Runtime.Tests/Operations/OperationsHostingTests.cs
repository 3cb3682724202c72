using System.Text.Json;
using MemoryTriggers.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace MemoryTriggers.Operations;

/// <summary>Operations through the service as a program has it. Attached sinks are process-wide.</summary>
[Collection(nameof(ProcessWide))]
public sealed class OperationsHostingTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly UnsteadyBackend _store = new("unsteady");
    private readonly CollectingLoggers _loggers = new(out _);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Recall_StoreAway_IsUnavailableNotEmpty()
    {
        await using var memory = await StartAsync();
        _store.IsAway = true;

        var failure = await Assert.ThrowsAsync<MemoryServiceUnavailableException>(async () => await memory.Recall.ListAsync(cancellationToken: Token));

        Assert.Equal("unsteady", failure.BackendName);
    }

    [Fact]
    public async Task Health_ManyOfTheLastCallsFailed_SaysSo()
    {
        await using var memory = await StartAsync(static options => options.Operations.CircuitBreaker.Enabled = false);
        _store.IsAway = true;
        for (var call = 0; call < 10; call++) await Assert.ThrowsAsync<MemoryServiceUnavailableException>(async () => await memory.Recall.GetAsync(Any.Id(), Token));
        _store.IsAway = false;

        var health = await memory.GetHealthAsync(Token);

        Assert.Equal("100 % of the last calls of the store failed", Assert.Single(health.Problems));
        Assert.Equal(MemoryServiceStatus.Degraded, health.Status);
    }

    [Fact]
    public async Task Circuit_Isolated_MemoriesWaitUntilItIsReset()
    {
        await using var memory = await StartAsync();
        var circuit = Assert.Single(memory.CircuitBreakers);
        circuit.Isolate();

        using (TriggerScope.Workflow("deploy"))
        {
        }

        Assert.False(await memory.FlushAsync(TimeSpan.FromMilliseconds(20), Token));
        var health = await memory.GetHealthAsync(Token);
        Assert.Equal((MemoryServiceStatus.Unhealthy, 1), (health.Status, health.Pending));
        Assert.Contains("the circuit of the store unsteady is open", health.Problems);
        circuit.Reset();
        Assert.True(await memory.FlushAsync(cancellationToken: Token));
        Assert.Equal("deploy", Assert.Single(await memory.Recall.ListAsync(cancellationToken: Token)).Key);
        Assert.True((await memory.GetHealthAsync(Token)).IsHealthy);
    }

    [Fact]
    public async Task Recover_StoreBackAgain_LetsCallsTryAtOnce()
    {
        await using var memory = await StartAsync(static options => options.Operations.CircuitBreaker.FailureThreshold = 1);
        _store.IsAway = true;
        await Assert.ThrowsAsync<MemoryServiceUnavailableException>(async () => await memory.Recall.GetAsync(Any.Id(), Token));
        Assert.False(await memory.RecoverAsync(cancellationToken: Token));
        _store.IsAway = false;

        Assert.True(await memory.RecoverAsync(cancellationToken: Token));

        Assert.Null(await memory.Recall.GetAsync(Any.Id(), Token));
        Assert.Equal(5, (await memory.GetHealthAsync(Token)).Recoveries.Count);
        Assert.Equal(5, (await memory.GetMetricsAsync(Token)).RecoveryAttempts);
    }

    [Fact]
    public async Task Recover_ChainWhoseFirstStoreIsBack_ClosesItsCircuit()
    {
        var second = new UnsteadyBackend("second");
        var chain = new BackendChain([_store, second], new(), _loggers, TimeProvider.System);
        await using var memory = await MemoryTriggerService.StartAsync(options => options.DataDirectory = _directory.Path, chain, _loggers, Token);
        _store.IsAway = true;
        for (var call = 0; call < 5; call++) await Assert.ThrowsAsync<MemoryServiceUnavailableException>(async () => await memory.Recall.GetAsync(Any.Id(), Token));
        Assert.Equal(MemoryServiceStatus.Degraded, (await memory.GetHealthAsync(Token)).Status);
        _store.IsAway = false;

        Assert.True(await memory.RecoverAsync(cancellationToken: Token));

        Assert.Null(await memory.Recall.GetAsync(Any.Id(), Token));
        Assert.Equal([CircuitState.Closed, CircuitState.Closed], memory.CircuitBreakers.Select(static circuit => circuit.State));
    }

    [Fact]
    public async Task GetHealth_StoreHangs_EndsAndSaysSo()
    {
        await using var memory = await StartAsync(static options =>
        {
            options.Operations.CircuitBreaker.OperationTimeout = TimeSpan.FromMilliseconds(10);
            options.Delivery.ShutdownTimeout = TimeSpan.Zero;
        });
        _store.Hangs = true;

        var health = await memory.GetHealthAsync(Token);

        Assert.Equal((false, MemoryServiceStatus.Unhealthy), (health.Backend.IsHealthy, health.Status));
        Assert.Contains("no answer within", health.Backend.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Recover_All_LooksAtJournalAndDatabase()
    {
        await using var memory = await MemoryTriggerService.StartAsync(options => options.DataDirectory = _directory.Path, loggers: _loggers, cancellationToken: Token);

        Assert.True(await memory.RecoverAsync(all: true, Token));

        var health = await memory.GetHealthAsync(Token);
        Assert.Equal("the journal is on disk, and the database is intact", health.Recoveries[^1].Detail);
    }

    [Fact]
    public async Task Metrics_AfterWork_CountIt()
    {
        await using var memory = await StartAsync();
        using (TriggerScope.Issue("ISS-7", issueId: "ISS-7"))
        {
        }

        await memory.FlushAsync(cancellationToken: Token);
        await memory.Recall.SearchAsync("iss-7", cancellationToken: Token);
        var metrics = await memory.GetMetricsAsync(Token);

        Assert.Equal((1, 1, 0), (metrics.Accepted, metrics.Stored, metrics.Pending));
        Assert.Equal((1, TimeSpan.Zero), (metrics.StoredByType[TriggerType.IssueResolution], metrics.QueueAge));
        Assert.Subset(metrics.Operations.Select(static operation => operation.Operation).ToHashSet(), new HashSet<string> { "search", "store" });
        Assert.Equal((MemoryServiceStatus.Healthy, "unsteady"), (metrics.Status, metrics.ActiveBackend));
        Assert.True(metrics.JournalBytes > 0);
        Assert.Empty(metrics.ActiveAlerts);
    }

    [Fact]
    public async Task Json_OfHealthAndMetrics_HasTheKeysOfTheReference()
    {
        await using var memory = await StartAsync();
        using (TriggerScope.Workflow("deploy"))
        {
        }

        await memory.FlushAsync(cancellationToken: Token);
        var health = JsonElement.Parse((await memory.GetHealthAsync(Token)).ToJson());
        var metrics = JsonElement.Parse((await memory.GetMetricsAsync(Token)).ToJson());

        AssertHas(health, ReferenceKeys.Health);
        AssertHas(metrics, ReferenceKeys.Metrics);
        Assert.Equal("healthy", health.GetProperty("memory_service").GetProperty("status").GetString());
        Assert.Equal(100, metrics.GetProperty("reliability").GetProperty("metrics").GetProperty("success_rate").GetDouble());
        Assert.Equal(1, metrics.GetProperty("trigger_orchestrator").GetProperty("triggers_by_type").GetProperty("workflow_completion").GetInt32());
        Assert.Equal("closed", metrics.GetProperty("circuit_breakers").GetProperty("unsteady").GetProperty("state").GetString());
    }

    [Fact(Timeout = 60_000)]
    public async Task IsAlive_HealthLoopHasEnded_IsNot()
    {
        _store.IsAway = true;
        using var loggers = new FailingLoggers("is unhealthy");
        await using var memory = await MemoryTriggerService.StartAsync(
            options => (options.DataDirectory, options.Operations.HealthCheckInterval) = (_directory.Path, TimeSpan.FromSeconds(1)), _store, loggers, Token);
        Assert.True(memory.RunningOrNone!.IsAlive);

        await loggers.Failed.Task.WaitAsync(Token);

        // The loop ends on a thread of its own, right after that.
        while (memory.RunningOrNone.IsAlive) await Task.Yield();
        Assert.False(memory.RunningOrNone.IsAlive);
    }

    [Fact]
    public async Task Json_OfHooks_HasWhatTheyCounted()
    {
        await using var memory = await StartAsync();
        memory.Hooks.On((Action<HookEvent>)(static _ => throw new InvalidOperationException("a callback fails")), HookType.WorkflowComplete);
        var before = (await memory.GetMetricsAsync(Token)).ActiveContexts;

        using var context = MemoryContext.Begin(new() { Project = "shop" });
        await memory.Hooks.OnWorkflowCompletedAsync("deploy", TimeSpan.FromSeconds(1), cancellationToken: Token);
        await memory.Hooks.OnIssueResolvedAsync("ISS-7", "it was restarted", Token);
        var metrics = await memory.GetMetricsAsync(Token);
        var hooks = JsonElement.Parse(metrics.ToJson()).GetProperty("framework_hooks");
        context.Dispose();
        context.Dispose();

        Assert.Equal((2, 1, 1, 2), (Count("hooks_executed"), Count("successful_hooks"), Count("failed_hooks"), Count("memory_captures")));
        Assert.Equal((1, 1), (Count("registered_hooks"), hooks.GetProperty("hooks_by_type").GetProperty("workflow_complete").GetInt32()));
        Assert.True(hooks.GetProperty("average_hook_time").GetDouble() > 0);
        Assert.Equal((before + 1, before + 1, before), (Count("active_contexts"), metrics.ActiveContexts, (await memory.GetMetricsAsync(Token)).ActiveContexts));

        int Count(string name) => hooks.GetProperty(name).GetInt32();
    }

    [Fact]
    public async Task Alert_StoreAway_ReachesTheProgramOnceAndIsResolved()
    {
        var channel = new RecordingChannel();
        await using var memory = await StartAsync(options =>
        {
            options.Operations.WatchInterval = TimeSpan.FromMilliseconds(100);
            options.Operations.Alerts.FreeDiskBytes = 0;
            options.Operations.Alerts.Channels.Add(channel);
        });

        memory.CircuitBreakers[0].Isolate();
        while (channel.Sent.IsEmpty) await Task.Yield();
        memory.CircuitBreakers[0].Reset();
        while (channel.Sent.Count < 2) await Task.Yield();

        Assert.Equal([(AlertKind.StoreUnavailable, false), (AlertKind.StoreUnavailable, true)], channel.Sent.Select(static alert => (alert.Kind, alert.IsResolved)));
        Assert.Contains(_loggers.Warnings, static line => line.StartsWith("Alert store_unavailable: the circuit of store unsteady is open", StringComparison.Ordinal));
    }

    [Fact]
    public async Task HealthChecks_ThroughTheHost_TellLiveFromReady()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddMemoryTriggers(options => options.DataDirectory = _directory.Path).UseBackend(_ => _store).AddAlertChannel<RecordingChannel>();
        builder.Services.AddHealthChecks().AddMemoryTriggers();
        using var host = builder.Build();
        var checks = host.Services.GetRequiredService<HealthCheckService>();

        var before = await CheckAsync(checks);
        await host.StartAsync(Token);
        var started = await CheckAsync(checks);
        _store.IsAway = true;
        var away = await CheckAsync(checks);
        _store.IsAway = false;
        await host.StopAsync(Token);
        var stopped = await CheckAsync(checks);

        Assert.Equal((HealthStatus.Healthy, HealthStatus.Unhealthy), before);
        Assert.Equal((HealthStatus.Healthy, HealthStatus.Healthy), started);
        Assert.Equal((HealthStatus.Healthy, HealthStatus.Degraded), away);
        Assert.Equal((HealthStatus.Healthy, HealthStatus.Unhealthy), stopped);
        Assert.IsType<RecordingChannel>(Assert.Single(host.Services.GetRequiredService<IOptions<MemoryTriggersOptions>>().Value.Operations.Alerts.Channels));
    }

    [Theory]
    [InlineData("ftp://example.com/")]
    [InlineData("/relative")]
    public async Task Start_WebhookThatIsNone_SaysSo(string address)
    {
        var failure = await Assert.ThrowsAsync<OptionsValidationException>(() => MemoryTriggerService.StartAsync(
            options => options.Operations.Alerts.Webhook = new Uri(address, UriKind.RelativeOrAbsolute), cancellationToken: Token));

        Assert.Contains("Webhook", failure.Message, StringComparison.Ordinal);
    }

    private static async Task<(HealthStatus Live, HealthStatus Ready)> CheckAsync(HealthCheckService checks)
    {
        var report = await checks.CheckHealthAsync(Token);
        return (report.Entries["memory_triggers_live"].Status, report.Entries["memory_triggers_ready"].Status);
    }

    private static void AssertHas(JsonElement node, IEnumerable<string> paths)
    {
        var missing = paths.Where(path => !Has(node, path.Split('.'))).ToList();

        Assert.Empty(missing);
    }

    private static bool Has(JsonElement node, string[] path)
    {
        foreach (var name in path)
        {
            var key = name == "*" && node.ValueKind == JsonValueKind.Object ? node.EnumerateObject().First().Name : name;
            if (node.ValueKind != JsonValueKind.Object || !node.TryGetProperty(key, out node)) return false;
        }

        return true;
    }

    private Task<MemoryTriggerService> StartAsync(Action<MemoryTriggersOptions>? configure = null) => MemoryTriggerService.StartAsync(
        options =>
        {
            options.DataDirectory = _directory.Path;
            options.Delivery.RetryDelay = TimeSpan.FromMilliseconds(1);
            options.Delivery.MaxRetryDelay = TimeSpan.FromMilliseconds(5);
            configure?.Invoke(options);
        },
        _store, _loggers, Token);
}
