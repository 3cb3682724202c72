using MemoryTriggers.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MemoryTriggers.Policies;

public sealed class PolicyActionRunnerTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly CollectingLoggers _logs = new(out _);
    private readonly InMemoryMemoryBackend _backend = new();

    [Fact]
    public async Task RunAsync_OfCreateMemory_StoresAChildOfTheMemory()
    {
        var entry = PolicyHarness.Entry("""{"exception":[{"message":"lost"}]}""");

        var results = await RunAsync("{type: create_memory, parameters: {content: 'Error: ${error_message}', category: error, tags: [incident], metadata: {severity: 4}}}", entry);

        var made = Assert.Single(Assert.Single(results).Entries);
        var stored = await _backend.GetAsync(made.Id, TestContext.Current.CancellationToken);
        Assert.Equal(("Error: lost", "error", entry.Id, "policy:rule", "shop"), (stored!.Content, stored.Category, stored.ParentId, stored.Source, stored.Project));
        Assert.Equal("""{"metadata":{"severity":4}}""", stored.Value.GetRawText());
        Assert.Equal(["incident"], stored.Tags);
    }

    [Fact]
    public async Task RunAsync_OfCreateMemoryTwice_StoresOne()
    {
        var entry = PolicyHarness.Entry();

        await RunAsync("{type: create_memory, parameters: {content: once}}", entry);
        await RunAsync("{type: create_memory, parameters: {content: once}}", entry);

        Assert.Equal(1, await _backend.CountAsync(new MemoryQuery { AllProjects = true }, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task RunAsync_OfRecallMemory_GivesWhatItFinds()
    {
        var known = await StoredAsync("The database timed out");

        var byQuery = await RunAsync("{type: recall_memory, parameters: {query: 'database ${nothing}'}}", PolicyHarness.Entry());
        var byId = await RunAsync($"{{type: recall_memory, parameters: {{memory_id: {known.Id}}}}}", PolicyHarness.Entry());

        Assert.Equal(known.Id, Assert.Single(byQuery[0].Entries).Id);
        Assert.Equal(known.Id, Assert.Single(byId[0].Entries).Id);
    }

    [Fact]
    public async Task RunAsync_OfUpdateMemory_ChangesTheStoredOne()
    {
        var known = await StoredAsync("old");
        _time.Advance(TimeSpan.FromMinutes(1));

        await RunAsync($"{{type: update_memory, parameters: {{memory_id: {known.Id}, content: new, quality_score: 0.5, metadata: {{checked: true}}}}}}", PolicyHarness.Entry());

        var changed = await _backend.GetAsync(known.Id, TestContext.Current.CancellationToken);
        Assert.Equal(("new", 0.5, "policy:rule", _time.GetUtcNow()), (changed!.Content, changed.QualityScore, changed.Provenance.UpdatedBy, changed.UpdatedAt));
        Assert.Equal("""{"metadata":{"checked":true}}""", changed.Value.GetRawText());
        Assert.Equal("old", Assert.Single(await _backend.QueryAsync(new MemoryQuery { AllProjects = true, SupersededBy = known.Id }, TestContext.Current.CancellationToken)).Content);
    }

    [Fact]
    public async Task RunAsync_OfDeleteMemory_RemovesIt()
    {
        var known = await StoredAsync("old");

        var result = Assert.Single(await RunAsync($"{{type: delete_memory, parameters: {{memory_id: {known.Id}}}}}", PolicyHarness.Entry()));

        Assert.True(result.Success);
        Assert.Null(await _backend.GetAsync(known.Id, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task RunAsync_OfArchiveMemory_MarksIt()
    {
        var known = await StoredAsync("old");

        await RunAsync($"{{type: archive_memory, parameters: {{memory_id: {known.Id}, archive_location: cold}}}}", PolicyHarness.Entry());

        var archived = await _backend.GetAsync(known.Id, TestContext.Current.CancellationToken);
        Assert.Contains("archived", archived!.Tags);
        Assert.Equal("""{"metadata":{"archive_location":"cold"}}""", archived.Value.GetRawText());
    }

    [Fact]
    public async Task RunAsync_OfAMemoryThatIsNotThere_FailsWithTheReason()
    {
        var result = Assert.Single(await RunAsync($"{{type: update_memory, parameters: {{memory_id: {Any.Id()}, key: changed}}}}", PolicyHarness.Entry()));

        Assert.Equal((false, "there is no memory with that id"), (result.Success, result.Error));
    }

    [Fact]
    public async Task RunAsync_OfAnAlert_WritesItAtItsLevel()
    {
        await RunAsync("{type: trigger_alert, parameters: {alert_type: error, message: 'in ${project}'}}", PolicyHarness.Entry());

        Assert.Contains("Alert error of policy rule: in shop", _logs.Warnings);
    }

    [Fact]
    public async Task RunAsync_OfAnActionThatFails_TriesAgainAfterTheDelay()
    {
        var action = new CountingAction(failures: 2);

        var running = RunAsync("{type: notify, retry_count: 3, retry_delay: 10}", PolicyHarness.Entry(), action);
        while (!running.IsCompleted)
        {
            _time.Advance(TimeSpan.FromSeconds(10));
            await Task.Yield();
        }

        var result = Assert.Single(await running);
        Assert.Equal((true, 3), (result.Success, result.Attempts));
    }

    [Fact]
    public async Task RunAsync_OfAnActionThatGoesOnFailing_CountsAndGoesOnWithTheNext()
    {
        var action = new CountingAction(failures: int.MaxValue);
        var policies = PolicyHarness.Actions("{type: notify}, {type: trigger_alert, parameters: {message: next}}", ["notify"]);

        var results = await Runner(policies.Engine, action).RunAsync(policies.Evaluate(), TestContext.Current.CancellationToken);

        Assert.Equal([false, true], results.Select(static result => result.Success));
        Assert.Equal("InvalidOperationException", results[0].Error);
        Assert.Equal(("rule", 1, 0, 1), Assert.Single(policies.Engine.GetStatistics().Rules));
        Assert.DoesNotContain(_logs.Lines, static line => line.Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task RunAsync_OfAnActionThatHangs_EndsAtItsTimeLimit()
    {
        var action = new CountingAction(failures: 0) { Before = static token => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token) };

        var running = RunAsync("{type: notify, timeout: 5}", PolicyHarness.Entry(), action);
        _time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal("no answer within 00:00:05", Assert.Single(await running).Error);
    }

    [Fact]
    public async Task RunAsync_OfAnAsynchronousAction_DoesNotHoldUpTheNext()
    {
        var release = new TaskCompletionSource();
        var order = new List<string>();
        var slow = new CountingAction(failures: 0, "slow") { Before = async _ => { await release.Task; order.Add("slow"); } };
        var quick = new CountingAction(failures: 0) { Before = _ => { order.Add("quick"); release.SetResult(); return Task.CompletedTask; } };

        var results = await RunAsync("{type: slow, async_execution: true}, {type: notify}", PolicyHarness.Entry(), slow, quick);

        Assert.Equal(["quick", "slow"], order);
        Assert.Equal(["slow", "notify"], results.Select(static result => result.ActionType));
    }

    [Fact]
    public async Task RunAsync_OfATypeWithoutHandler_SaysSo()
    {
        var policies = PolicyHarness.Actions("{type: notify}", ["notify"]);

        var result = Assert.Single(await Runner(policies.Engine).RunAsync(policies.Evaluate(), TestContext.Current.CancellationToken));

        Assert.Equal("nothing in this program carries it out", result.Error);
    }

    [Fact]
    public void AddPolicy_Twice_RegistersOnce()
    {
        var services = new ServiceCollection();

        services.AddMemoryTriggers().AddPolicy<NoPolicy>().AddPolicy<NoPolicy>().AddPolicyAction<NoAction>().AddPolicyAction<NoAction>();

        using var provider = services.BuildServiceProvider();
        Assert.IsType<NoPolicy>(Assert.Single(provider.GetServices<IPolicy>()));
        Assert.IsType<NoAction>(Assert.Single(provider.GetServices<IPolicyAction>()));
    }

    private Task<IReadOnlyList<PolicyActionResult>> RunAsync(string actions, MemoryEntry entry, params IPolicyAction[] own)
    {
        var policies = PolicyHarness.Actions(actions, own.Select(static action => action.Type));
        return Runner(policies.Engine, own).RunAsync(policies.Engine.Evaluate(entry), TestContext.Current.CancellationToken);
    }

    private PolicyActionRunner Runner(PolicyEngine engine, params IPolicyAction[] own) => new(
        engine,
        [.. PolicyActionRunner.BuiltIn(_backend, new WebhookClient(new PoliciesOptions()), _time, _logs), .. own.Select(static action => new CustomActionHandler(action))],
        _time, new Logger<PolicyActionRunner>(_logs));

    private async Task<MemoryEntry> StoredAsync(string content)
    {
        var entry = Any.Entry(content);
        await _backend.StoreAsync([entry], TestContext.Current.CancellationToken);
        return entry;
    }

    private sealed class CountingAction(int failures, string type = "notify") : IPolicyAction
    {
        private int _calls;

        public string Type => type;

        public Func<CancellationToken, Task> Before { get; init; } = static _ => Task.CompletedTask;

        public async ValueTask ExecuteAsync(PolicyActionCall call, MemoryEntry entry, CancellationToken cancellationToken)
        {
            await Before(cancellationToken);
            if (++_calls <= failures) throw new InvalidOperationException("secret");
        }
    }

    private sealed class NoPolicy : IPolicy
    {
        public string Name => "none";

        public PolicyOpinion? Evaluate(MemoryEntry entry) => null;
    }

    private sealed class NoAction : IPolicyAction
    {
        public string Type => "none";

        public ValueTask ExecuteAsync(PolicyActionCall call, MemoryEntry entry, CancellationToken cancellationToken) => default;
    }
}
