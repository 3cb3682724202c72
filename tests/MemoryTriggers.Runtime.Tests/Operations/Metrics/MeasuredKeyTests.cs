using System.Text.Json;
using MemoryTriggers.TestKit;

namespace MemoryTriggers.Operations;

/// <summary>The keys of the documents are measured: each changes with what it is about. Attached sinks are process-wide.</summary>
[Collection(nameof(ProcessWide))]
public sealed class MeasuredKeyTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly UnsteadyBackend _first = new("first");
    private readonly UnsteadyBackend _second = new("second");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Chain_AfterAFallback_CountsItAndTheFailure()
    {
        await using var memory = await StartAsync();
        await RememberAsync(memory);
        var before = await MetricsAsync(memory);
        Assert.Equal((0, 0, 0), (Number(before, "fallback_activations"), Number(before, "backend_switches"), Number(before, "failed_operations")));
        _first.IsAway = true;

        await RememberAsync(memory);

        var after = await MetricsAsync(memory);
        Assert.Equal((1, 1, 1), (Number(after, "fallback_activations"), Number(after, "backend_switches"), Number(after, "failed_operations")));
        Assert.True(Number(after, "total_operations") > Number(before, "total_operations"));
        Assert.Equal(Number(after, "total_operations") - 1, Number(after, "successful_operations"));
        var performance = (await RootAsync(memory)).GetProperty("performance").GetProperty("global_metrics");
        Assert.Equal((1, 1), (Number(performance, "fallback_activations"), Number(performance, "backend_switches")));
    }

    [Fact]
    public async Task Chain_ReadThatAnotherStoreAnswers_IsAFallback()
    {
        await using var memory = await StartAsync();
        _first.IsAway = true;
        await RememberAsync(memory);

        Assert.Single(await memory.Recall.ListAsync(new() { AllProjects = true }, Token));

        Assert.Equal(2, Number(await MetricsAsync(memory), "fallback_activations"));
    }

    [Fact]
    public async Task Chain_EachStore_HasItsOwnHealth()
    {
        await using var memory = await StartAsync();
        _first.IsAway = true;
        for (var call = 0; call < 5; call++) await Assert.ThrowsAsync<MemoryServiceUnavailableException>(async () => await memory.Recall.GetAsync(Any.Id(), Token));

        var backends = JsonElement.Parse((await memory.GetHealthAsync(Token)).ToJson()).GetProperty("memory_service").GetProperty("backends");

        Assert.Equal(["first", "second"], backends.EnumerateObject().Select(static store => store.Name).Order(StringComparer.Ordinal));
        Assert.False(backends.GetProperty("first").GetProperty("is_healthy").GetBoolean());
        Assert.Equal("its circuit is open", backends.GetProperty("first").GetProperty("error_message").GetString());
        Assert.True(backends.GetProperty("first").GetProperty("uptime_percentage").GetDouble() < 100);
        Assert.Equal(JsonValueKind.String, backends.GetProperty("first").GetProperty("last_checked").ValueKind);
        Assert.True(backends.GetProperty("second").GetProperty("is_healthy").GetBoolean());
    }

    [Fact]
    public async Task SingleStore_HasNothingToFallBackTo()
    {
        await using var memory = await MemoryTriggerService.StartAsync(options => options.DataDirectory = _directory.Path, _first, new CollectingLoggers(out _), Token);
        _first.IsAway = true;
        for (var call = 0; call < 9; call++) await Assert.ThrowsAsync<MemoryServiceUnavailableException>(async () => await memory.Recall.GetAsync(Any.Id(), Token));

        var metrics = await MetricsAsync(memory);

        Assert.Equal((0, 0), (Number(metrics, "fallback_activations"), Number(metrics, "backend_switches")));
        Assert.True(Number(metrics, "failed_operations") > 0);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Enabled_IsWhatTheOptionsSay(bool isOn)
    {
        await using var memory = await StartAsync(options =>
        {
            options.ReadCache.Enabled = isOn;
            foreach (var type in Enum.GetValues<TriggerType>()) options.Types[type] = new TriggerTypeOptions { Enabled = isOn };
        });

        var health = JsonElement.Parse((await memory.GetHealthAsync(Token)).ToJson());

        Assert.Equal(isOn, health.GetProperty("service_enabled").GetBoolean());
        Assert.Equal(isOn, health.GetProperty("trigger_orchestrator").GetProperty("enabled").GetBoolean());
        Assert.Equal(isOn, health.GetProperty("async_collection").GetProperty("cache_operational").GetBoolean());
        Assert.Equal(isOn, (await RootAsync(memory)).GetProperty("trigger_orchestrator").GetProperty("enabled").GetBoolean());
    }

    private static async Task RememberAsync(MemoryTriggerService memory)
    {
        await using (TriggerScope.Workflow("x")) await Task.Yield();
        Assert.True(await memory.FlushAsync(cancellationToken: Token));
    }

    private static long Number(JsonElement node, string key) => node.GetProperty(key).GetInt64();

    private static async Task<JsonElement> RootAsync(MemoryTriggerService memory) => JsonElement.Parse((await memory.GetMetricsAsync(Token)).ToJson());

    private static async Task<JsonElement> MetricsAsync(MemoryTriggerService memory) => (await RootAsync(memory)).GetProperty("memory_service");

    private Task<MemoryTriggerService> StartAsync(Action<MemoryTriggersOptions>? configure = null) => MemoryTriggerService.StartAsync(
        options =>
        {
            options.DataDirectory = _directory.Path;
            configure?.Invoke(options);
        },
        new BackendChain([_first, _second], new(), new CollectingLoggers(out _), TimeProvider.System), new CollectingLoggers(out _), Token);
}
