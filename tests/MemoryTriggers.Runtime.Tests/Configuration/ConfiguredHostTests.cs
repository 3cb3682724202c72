using MemoryTriggers.Files;
using MemoryTriggers.TestKit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Configuration;

/// <summary>A host that has its settings from its configuration.</summary>
[Collection(nameof(ProcessWide))]
public sealed class ConfiguredHostTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly CollectingLoggers _loggers = new(out _);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task AddMemoryTriggers_OfASection_UsesItAndKnowsWhereValuesComeFrom()
    {
        using var host = Host("project: shop\nperformance: {batch_size: 12, max_memories_per_context: 2}\n", static options => options.Delivery.Concurrency = 3);
        await host.StartAsync(Token);
        var memory = host.Services.GetRequiredService<MemoryTriggerService>();

        for (var call = 0; call < 4; call++) await CallAsync($"call {call}");
        await memory.FlushAsync(cancellationToken: Token);

        Assert.Equal(2, (await memory.Recall.ListAsync(new MemoryQuery { Limit = 50 }, Token)).Count);
        Assert.Equal("shop", (await memory.Recall.ListAsync(cancellationToken: Token))[0].Project);
        Assert.Equal($"{_directory.File("memory.yaml")}:4:27", Configured.Value(memory.Configuration!, "performance.batch_size").Origin.ToString());
        await host.StopAsync(Token);
    }

    [Fact]
    public async Task AddMemoryTriggers_OfASectionThatIsWrong_DoesNotStart()
    {
        using var host = Host("performance: {batch_size: 0}\nbackend: {encryption_enabled: true}\n");

        var exception = await Assert.ThrowsAsync<MemoryConfigurationException>(() => host.StartAsync(Token));

        Assert.Equal(["performance.batch_size", "backend.encryption_enabled"], exception.Issues.Select(static issue => issue.Path));
        Assert.Contains($"{_directory.File("memory.yaml")}:3:27", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Use_OfAnEmptySection_ChangesNothing()
    {
        var options = new MemoryTriggersOptions().Use(new ConfigurationBuilder().Build().GetSection("MemoryTriggers"));

        Assert.Null(options.Configured);
        Assert.Equal(new DeliveryOptions().BatchSize, options.Delivery.BatchSize);
    }

    [Fact]
    public void Use_SetsWhatTheKeysSay()
    {
        var options = Options("""
            max_memory_operations_per_second: 70
            data_directory: /data
            performance: {create_timeout: 9, batch_size: 11, max_concurrent_operations: 12, rate_limit_per_second: 80, cache_enabled: false, cache_ttl_seconds: 13, cache_max_size: 14, max_memory_size_mb: 15, memory_cleanup_threshold: 0.5, background_queue_size: 16, worker_thread_count: 17}
            backend: {connection_timeout: 18, write_timeout: 8, retry_delay: 0, pool_size: 19, pool_max_overflow: 1, backend_settings: {local_storage_path: ./store}}
            policies: {use_defaults: true, defer_seconds: 20, max_held: 21, kept_decisions: 22, time_zone: UTC, webhook_hosts: [a.example], webhook_private_addresses: true}
            journal: {directory: /journal, segment_kb: 128, max_mb: 23, overflow: spill, overflow_wait_ms: 24, spill_mb: 25, sync_interval_ms: 26, sync_wait_ms: 27, max_record_kb: 28, quarantine_mb: 29, quarantine_days: 31}
            monitoring: {health_check_interval: 33, health_check_timeout: 34, alerting_enabled: false}
            delivery: {batch_kb: 128, batch_age_ms: 29, auto_tune: false, max_retry_delay: 30, shutdown_timeout: 31}
            types: {decision_point: {enabled: false}, agent_operation: {min_priority: high, max_pending: 32}}
            features: {workflow_triggers: false}
            """);

        var (delivery, cache, policies, journal) = (options.Delivery, options.ReadCache, options.Policies, options.Journal);
        Assert.Equal(("/data", 70, 11, 12, TimeSpan.FromSeconds(8)), (options.DataDirectory, delivery.OperationsPerSecond, delivery.BatchSize, delivery.Concurrency, delivery.OperationTimeout));
        Assert.Equal((false, TimeSpan.FromSeconds(13), 14, 15L * 1024 * 1024, 0.5), (cache.Enabled, cache.TimeToLive, cache.MaxEntries, cache.MaxBytes, cache.KeptWhenFull));
        Assert.Equal((16, 17, true, TimeSpan.FromSeconds(20), 21, 22), (policies.MaxWaitingActions, policies.ConcurrentActions, policies.UseDefaults, policies.DeferFor, policies.MaxHeld, policies.KeptDecisions));
        Assert.Equal(("UTC", "a.example", true), (policies.Set.TimeZone.Id, Assert.Single(policies.WebhookHosts), policies.WebhookPrivateAddresses));
        Assert.Equal((TimeSpan.FromSeconds(18), 20, Path.Combine("./store", "memory.db")), (options.Sqlite.BusyTimeout, options.Sqlite.MaxReaders, options.Sqlite.Path));
        Assert.Equal(("/journal", 128 * 1024, 23L * 1024 * 1024, JournalOverflow.Spill, 24, 25L * 1024 * 1024), (journal.Directory, journal.SegmentBytes, journal.MaxBytes, journal.Overflow, journal.OverflowWait.Milliseconds, journal.SpillBytes));
        Assert.Equal((29L * 1024 * 1024, TimeSpan.FromDays(31)), (journal.QuarantineBytes, journal.QuarantineAge));
        Assert.Equal((26, 27, 28 * 1024), (journal.SyncInterval.Milliseconds, journal.SyncWait.Milliseconds, journal.MaxRecordBytes));
        Assert.Equal((128 * 1024, 29, false, 30, 31, 1), (delivery.BatchBytes, delivery.BatchAge.Milliseconds, delivery.AutoTune, delivery.MaxRetryDelay.Seconds, delivery.ShutdownTimeout.Seconds, delivery.RetryDelay.Milliseconds));
        Assert.Equal((33, 34, false), (options.Operations.HealthCheckInterval.Seconds, options.Operations.HealthCheckTimeout.Seconds, options.Operations.Alerts.Enabled));
        Assert.Equal([TriggerType.WorkflowCompletion, TriggerType.AgentOperation, TriggerType.DecisionPoint], options.Types.Keys.Order());
        Assert.Equal((true, TriggerPriority.High, 32), (options.Types[TriggerType.AgentOperation].Enabled, options.Types[TriggerType.AgentOperation].MinPriority, options.Types[TriggerType.AgentOperation].MaxPending));
        Assert.All([TriggerType.WorkflowCompletion, TriggerType.DecisionPoint], type => Assert.False(options.Types[type].Enabled));
    }

    [Fact]
    public void Use_SetsWhatTheOtherSectionsSay()
    {
        var options = Options("""
            recall: {content_weight: 1.1, key_weight: 2.1, tags_weight: 3.1, recency_boost: 0.11, recency_half_life_days: 12, quality_boost: 0.12, outcome_boost: 0.13, synonyms: false, typos: false}
            hooks: {enabled: false, capture_on_success: false, capture_on_error: false, capture_result: false, max_content_length: 100, max_metadata_size: 300, callback_timeout: 1.5}
            duplicates: {window_seconds: 60, similarity: 0.75, max_tracked: 200}
            errors: {link: false, max_errors: 300, max_resolutions: 4, budget_ms: 25}
            retention: {low_quality_days: 5, categories: {audit: {days: 400}, error: {days: 0}}}
            protection: {encryption_key_env: KEYS, compress_above_bytes: 500}
            backend: {encryption_enabled: true}
            circuit_breaker: {enabled: false, failure_threshold: 6, recovery_timeout: 61, success_threshold: 4, timeout: 31, sampling_window: 32, slow_call_threshold: 5.5, slow_call_rate_threshold: 0.6}
            policies: {save_state_seconds: 7}
            """);

        var (recall, hooks, breaker) = (options.Recall, options.Hooks, options.Operations.CircuitBreaker);
        Assert.Equal((1.1, 2.1, 3.1, 0.11, 12, 0.12, 0.13), (recall.ContentWeight, recall.KeyWeight, recall.TagsWeight, recall.RecencyBoost, recall.RecencyHalfLife.Days, recall.QualityBoost, recall.OutcomeBoost));
        Assert.Equal((false, false), (recall.Synonyms, recall.Typos));
        Assert.Equal((false, false, false, false, 100, 300, 1.5), (hooks.Enabled, hooks.CaptureOnSuccess, hooks.CaptureOnError, hooks.CaptureResult, hooks.MaxContentLength, hooks.MaxMetadataSize, hooks.CallbackTimeout.TotalSeconds));
        Assert.Equal((60, 0.75, 200), (options.Duplicates.Window.TotalSeconds, options.Duplicates.Similarity, options.Duplicates.MaxTracked));
        Assert.Equal((false, 300, 4), (options.AutoRecall.Link, options.AutoRecall.MaxErrors, options.AutoRecall.MaxResolutions));
        Assert.Equal(TimeSpan.FromMilliseconds(25), options.AutoRecall.Budget);
        Assert.Equal((5, TimeSpan.FromDays(400), null), (options.Retention.LowQuality.Days, options.Retention.Categories["audit"], options.Retention.Categories["error"]));
        Assert.Equal(("KEYS", 500), (options.Protection.KeyVariable, options.Protection.CompressAbove));
        Assert.Equal((false, 6, 61, 4, 31, 32, 5.5, 0.6), (breaker.Enabled, breaker.FailureThreshold, (int)breaker.RecoveryTimeout.TotalSeconds, breaker.SuccessThreshold, breaker.OperationTimeout.Seconds, breaker.SamplingWindow.Seconds, breaker.SlowCall.TotalSeconds, breaker.SlowCallRate));
        Assert.Equal(7, options.Policies.SaveStateEvery.Seconds);
    }

    [Theory]
    [InlineData("vectors: {depth: 20}\n", 1)]
    [InlineData("", 0)]
    public async Task Vectors_WithoutTheirPackage_AreSaidToDoNothing(string yaml, int problems)
    {
        using var host = Host(yaml);
        await host.StartAsync(Token);

        var health = await host.Services.GetRequiredService<MemoryTriggerService>().GetHealthAsync(Token);

        Assert.Equal(problems, health.Problems.Count(static problem => problem.StartsWith("the section vectors does nothing", StringComparison.Ordinal)));
        Assert.Equal(problems, _loggers.Warnings.Count(static line => line.Contains("reference MemoryTriggers.Vectors", StringComparison.Ordinal)));
        await host.StopAsync(Token);
    }

    [Theory]
    [InlineData("global_enabled: false\nenvironment: testing", 8)]
    [InlineData("features: {agent_triggers: false, error_triggers: false, pattern_detection: false}", 3)]
    [InlineData("trigger_policies: {x: {enabled: false, trigger_type: context}}", 1)]
    [InlineData("trigger_policies: {x: {enabled: false, trigger_type: context, agent_name: a}}", 0)]
    [InlineData("trigger_policies: {x: {enabled: false, trigger_type: context}, y: {enabled: true, trigger_type: context}}", 0)]
    [InlineData("", 0)]
    public void Types_AreOff_WhereSomethingSwitchesThemOff(string yaml, int off)
    {
        Assert.Equal(off, Options(yaml).Types.Count(static type => !type.Value.Enabled));
    }

    [Theory]
    [InlineData("backend: {backend_type: local}", typeof(InMemoryMemoryBackend))]
    [InlineData("backend: {backend_type: mem0}", typeof(Mem0MemoryBackend))]
    [InlineData("backend: {backend_type: hybrid}", typeof(BackendChain))]
    [InlineData("backend: {backend_type: mem0, failover_enabled: true, failover_backends: [redis, local]}", typeof(BackendChain))]
    [InlineData("backend: {backend_type: mem0, failover_enabled: false, failover_backends: [local]}", typeof(Mem0MemoryBackend))]
    public async Task Store_IsTheOneThatTheConfigurationNames(string yaml, Type store)
    {
        var mapping = Mapping(yaml);

        await using var backend = mapping.Create();

        Assert.IsType(store, backend);
    }

    [Fact]
    public void Store_OfAPackageThatIsNotReferenced_NamesIt()
    {
        var exception = Assert.Throws<MemoryConfigurationException>(() => Mapping("backend: {backend_type: postgresql}").Create());

        Assert.Contains("reference the package MemoryTriggers.Postgres", exception.Message, StringComparison.Ordinal);
        Assert.Equal(IssueCodes.Create, exception.Issues[0].Code);
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("false", false)]
    public void AutoRecall_Off_LeavesOutThatActionAndKnownErrors(string isOn, bool isWanted)
    {
        var root = new ConfigurationBuilder().AddInMemoryCollection([new("features:auto_recall", isOn)]).Build();
        var options = new MemoryTriggersOptions().Use(root);
        var stages = new ConfiguredStages(options.Configured!, options, new DataDirectory(_directory.Path, ""), _loggers, TimeProvider.System);

        Assert.Equal(isWanted, stages.Wants(Call(PolicyActionTypes.RecallMemory)));
        Assert.True(stages.Wants(Call(PolicyActionTypes.CreateMemory)));
        Assert.Equal(isWanted, options.AutoRecall.Enabled);
    }

    [Fact]
    public async Task CleanupOnStart_EmptiesTheStore()
    {
        const string Yaml = "backend: {backend_settings: {cleanup_on_start: true}}\n";
        using (var first = Host(Yaml))
        {
            await first.StartAsync(Token);
            await CallAsync("old");
            await first.Services.GetRequiredService<MemoryTriggerService>().FlushAsync(cancellationToken: Token);
            await first.StopAsync(Token);
        }

        using var second = Host(Yaml);
        await second.StartAsync(Token);
        var memory = second.Services.GetRequiredService<MemoryTriggerService>();
        await CallAsync("new");
        await memory.FlushAsync(cancellationToken: Token);

        Assert.Equal(["new"], (await memory.Recall.ListAsync(cancellationToken: Token)).Select(static entry => entry.Key));
        await second.StopAsync(Token);
    }

    [Theory]
    [InlineData("development")]
    [InlineData("testing")]
    public async Task Environment_BuiltIn_Starts(string environment)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddMemoryTriggersEnvironment(environment);
        builder.Configuration.AddInMemoryCollection([new("MemoryTriggers:data_directory", _directory.Path)]);
        builder.Services.AddSingleton<ILoggerFactory>(_loggers);
        builder.Services.AddMemoryTriggers(builder.Configuration.GetSection(MemoryTriggersOptions.Section));
        using var host = builder.Build();

        await host.StartAsync(Token);
        await using (TriggerScope.Workflow("build").AddMetadata("workflow_id", "w1"))
        {
        }

        var memory = host.Services.GetRequiredService<MemoryTriggerService>();
        Assert.True(await memory.FlushAsync(cancellationToken: Token));
        Assert.Single(await memory.Recall.ListAsync(cancellationToken: Token));
        await host.StopAsync(Token);
    }

    private static PolicyActionCall Call(string type) => new("r", 0, new PolicyAction { Type = type }, MemoryEntry.EmptyObject, []);

    private static async Task CallAsync(string name)
    {
        await using var scope = TriggerScope.Workflow(name);
    }

    private static MemoryTriggersOptions Options(string yaml) => new MemoryTriggersOptions().Use(new ConfigurationBuilder().AddInMemoryCollection(
        YamlSettings.Read(yaml, "x").Values.Select(static value => KeyValuePair.Create(value.Key, value.Value))).Build());

    private BackendMapping Mapping(string yaml) => new(Configured.Yaml(yaml).Configuration, _directory.Path, static () => new InMemoryMemoryBackend(), _loggers, TimeProvider.System);

    private IHost Host(string yaml, Action<MemoryTriggersOptions>? configure = null)
    {
        File.WriteAllText(_directory.File("memory.yaml"), Configured.Head + yaml);
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddMemoryTriggersYaml(_directory.File("memory.yaml"), static source => source.ReloadOnChange = false);
        builder.Configuration.AddInMemoryCollection([new("MemoryTriggers:data_directory", _directory.File("data"))]);
        builder.Services.AddSingleton<ILoggerFactory>(_loggers);
        builder.Services.AddMemoryTriggers(builder.Configuration.GetSection(MemoryTriggersOptions.Section), configure);
        return builder.Build();
    }
}
