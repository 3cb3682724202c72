using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace MemoryTriggers.Hooks;

/// <summary>Activities of chosen sources become memories when they end.</summary>
[Collection(nameof(ProcessWide))]
public sealed class ActivityHookTests : IAsyncDisposable
{
    private readonly HookHarness _harness = new();
    private readonly ActivitySource _source = new("Shop.Orders");
    private readonly List<ActivityHook> _hooks = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        foreach (var hook in _hooks) await hook.StopAsync(Token);
        _source.Dispose();
        _harness.Dispose();
    }

    [Fact]
    public async Task Activity_ThatEnds_IsAWorkflowWithItsTraceAndTags()
    {
        await ListenAsync(static options => options.Sources.Add("Shop.Orders"));

        var activity = _source.StartActivity("place order", ActivityKind.Server)!;
        activity.SetTag("order.id", 17).SetTag("api.token", "canary-1");
        activity.SetEndTime(activity.StartTimeUtc.AddSeconds(2));
        activity.Stop();

        var entry = _harness.Single();
        Assert.Equal("Workflow 'place order' (type: Shop.Orders) completed in 2000.0ms", entry.Content);
        Assert.Equal((activity.TraceId.ToHexString(), activity.SpanId.ToHexString()), (entry.TraceId, entry.SpanId));
        Assert.Equal((TimeSpan.FromSeconds(2), "activity", TriggerOutcome.Success), (entry.Duration, entry.Source, entry.Outcome));
        Assert.Equal((17, "Server"), (entry.Value.GetProperty("metadata").GetProperty("order.id").GetInt32(), entry.Value.GetProperty("metadata").GetProperty("kind").GetString()));
        Assert.DoesNotContain("canary-1", entry.Value.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Activity_EndedInsideAnother_KeepsItsOwnTrace()
    {
        await ListenAsync(static options => options.Sources.Add("Shop.Orders"));
        var first = _source.StartActivity("first")!;
        Activity.Current = null;
        using var second = _source.StartActivity("second")!;

        first.Stop();

        Assert.Equal((first.TraceId.ToHexString(), first.SpanId.ToHexString()), (_harness.Single().TraceId, _harness.Single().SpanId));
    }

    [Fact]
    public async Task Activity_ThatFailed_IsAnErrorWithItsException()
    {
        await ListenAsync(static options => options.Sources.Add("Shop.Orders"));

        using (var activity = _source.StartActivity("place order")!)
        {
            activity.AddException(new InvalidOperationException("no funds"));
            activity.SetStatus(ActivityStatusCode.Error);
        }

        var entry = _harness.Single();
        Assert.Equal("Error in place order: System.InvalidOperationException: no funds", entry.Content);
        Assert.Equal(("error", TriggerOutcome.Failure), (entry.Category, entry.Outcome));
        Assert.Contains("workflow_error", entry.Tags);
        Assert.Contains("Shop.Orders", entry.Tags);
    }

    [Theory]
    [InlineData("Shop.*", true)]
    [InlineData("shop.orders", true)]
    [InlineData("Shop.Order", false)]
    [InlineData("Other", false)]
    public async Task Source_ByItsName_IsListenedToOrMakesNoActivities(string pattern, bool isHeard)
    {
        await ListenAsync(options => options.Sources.Add(pattern));

        using (var activity = _source.StartActivity("place order")) Assert.Equal(isHeard, activity is not null);

        Assert.Equal(isHeard ? 1 : 0, _harness.Entries.Count);
    }

    [Fact]
    public async Task Activity_OfTheMemoryItself_IsNeverListenedTo()
    {
        using var own = new ActivitySource("MemoryTriggers");
        using var demo = new ActivitySource("MemoryTriggersDemo");
        await ListenAsync(static options => options.Sources.Add("*"));

        Assert.False(own.HasListeners());
        Assert.True(demo.HasListeners());
    }

    [Fact]
    public async Task Activity_WhereNothingIsCaptured_CallsNobody()
    {
        await ListenAsync(static options => options.Sources.Add("Shop.Orders"));
        _harness.Hooks.On(static _ => { });

        using (TriggerHub.SuppressCapture()) _source.StartActivity("store a batch")!.Stop();

        Assert.Empty(_harness.Entries);
        Assert.Equal(0, _harness.Hooks.GetStatistics().HooksExecuted);
    }

    [Fact]
    public async Task Activity_HeardByTwoHosts_IsOneMemoryAndIsToldToTheCallbacksOfBoth()
    {
        await ListenAsync(static options => options.Sources.Add("Shop.Orders"));
        var other = new MemoryHooks(new MemoryHooksOptions(), _harness.Time, static () => NullLogger.Instance);
        await ListenAsync(static options => options.Sources.Add("Shop.*"), other);
        var heard = new[] { new TaskCompletionSource(), new TaskCompletionSource() };
        _harness.Hooks.On(_ => heard[0].TrySetResult(), HookType.WorkflowComplete);
        other.On(_ => heard[1].TrySetResult(), HookType.WorkflowComplete);

        _source.StartActivity("place order")!.Stop();
        await Task.WhenAll(heard.Select(static told => told.Task));

        Assert.Equal("place order", _harness.Single().Key);
    }

    [Fact]
    public async Task Activity_HeardOnlyHere_IsNotMarkedAsRecorded()
    {
        await ListenAsync(static options => options.Sources.Add("*"));

        using var activity = _source.StartActivity("place order")!;

        Assert.False(activity.Recorded);
    }

    [Fact]
    public async Task OnlyFailures_WithATimeForSlow_LeavesOutTheOthers()
    {
        await ListenAsync(static options =>
        {
            options.Sources.Add("Shop.Orders");
            (options.OnlyFailures, options.SlowAfter) = (true, TimeSpan.FromSeconds(1));
        });

        foreach (var (name, seconds, status) in new[] { ("quick", 0.1, ActivityStatusCode.Ok), ("slow", 1, ActivityStatusCode.Ok), ("failed", 0.1, ActivityStatusCode.Error) })
        {
            var activity = _source.StartActivity(name)!.SetStatus(status);
            activity.SetEndTime(activity.StartTimeUtc.AddSeconds(seconds));
            activity.Stop();
        }

        Assert.Equal(["slow", "failed"], _harness.Entries.Select(static entry => entry.Key));
    }

    [Fact]
    public async Task Tags_WithAddresses_AreKeptWithoutQueryAndCredentials()
    {
        await ListenAsync(static options => options.Sources.Add("Shop.Orders"));

        using (var activity = _source.StartActivity("call")!)
        {
            activity.SetTag("url.full", "https://me:canary-1@shop.example/orders?key=canary-2#canary-3").SetTag("url.query", "?key=canary-4");
            activity.SetTag("http.target", "/orders?key=canary-5").SetTag("http.url", "not an address?key=canary-6").SetTag("url.original", new Uri("/orders?key=canary-7", UriKind.Relative));
        }

        var value = _harness.Single().Value.GetRawText();
        Assert.Contains("https://shop.example/orders", value, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stop_OfTheHook_EndsListening()
    {
        await ListenAsync(static options => options.Sources.Add("Shop.Orders"));

        await _hooks[0].StopAsync(Token);

        Assert.False(_source.HasListeners());
    }

    private async Task ListenAsync(Action<ActivityHookOptions> configure, MemoryHooks? hooks = null)
    {
        var options = new ActivityHookOptions();
        configure(options);
        _hooks.Add(new ActivityHook(hooks ?? _harness.Hooks, Options.Create(options)));
        await _hooks[^1].StartAsync(Token);
    }
}
