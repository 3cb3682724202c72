using MemoryTriggers.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace MemoryTriggers.Hosting;

/// <summary>The policies, from the options to what is stored.</summary>
[Collection(nameof(ProcessWide))]
public sealed class PolicyHostingTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private RecordingBackend _store = new();
    private readonly CollectingLoggers _loggers = new(out _);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task File_RulesThatDenyAndTag_DecideWhatIsStored()
    {
        var file = Write("""
            rules:
              no_experiments:
                conditions: [{type: equals, field: project, value: experiment}]
                actions: [{type: abort}]
              marked:
                conditions: [{type: always}]
                actions: [{type: add_tag, parameters: {tag: seen}}]
            """);
        await using var memory = await StartAsync(policies => policies.File = file);

        Call("shop");
        Call("experiment");
        await memory.FlushAsync(cancellationToken: Token);

        var stored = Assert.Single(await StoredAsync());
        Assert.Equal("shop", stored.Project);
        Assert.Contains("seen", stored.Tags);
        var health = await memory.GetHealthAsync(Token);
        Assert.Equal((2, 1, 1), (health.Accepted, health.Stored, health.Denied));
        Assert.Contains(memory.Policies.GetRecentDecisions(), static decision => decision.Verdict == PolicyVerdict.Deny && decision.Reasons[0].Rule == "no_experiments");
    }

    [Fact]
    public async Task Restart_RulesThatCount_GoOnWhereTheyWere()
    {
        var file = Write("""
            rules:
              once: {conditions: [{type: always}], actions: [{type: add_tag, parameters: {tag: first}}], max_executions: 1}
              daily: {conditions: [{type: rate_limit, field: project, rate_limit: 1, time_window: 86400}], actions: [{type: add_tag, parameters: {tag: daily}}]}
            """);
        await using (var memory = await StartAsync(policies => policies.File = file))
        {
            Call("shop");
            await memory.FlushAsync(cancellationToken: Token);
            Assert.Equal(["shop: first daily"], await TagsAsync());
        }

        _store = new RecordingBackend();
        await using (var memory = await StartAsync(policies => policies.File = file))
        {
            Call("shop");
            Call("bank");
            await memory.FlushAsync(cancellationToken: Token);
            Assert.Equal(["bank: daily", "shop: "], await TagsAsync());
        }

        async Task<IEnumerable<string>> TagsAsync() =>
            (await StoredAsync()).Select(static entry => $"{entry.Project}: {string.Join(' ', entry.Tags.Intersect(["first", "daily"]).OrderDescending())}").Order(StringComparer.Ordinal);
    }

    [Fact]
    public async Task File_Broken_IsRefusedWithItsPlaceAndNothingStarts()
    {
        var file = Write("""
            rules:
              odd:
                conditions: [{type: alwys}]
                actions: [{type: skip}]
            """);

        var refusal = await Assert.ThrowsAsync<PolicyException>(() => StartAsync(policies => policies.File = file));

        var problem = Assert.Single(refusal.Problems);
        Assert.Equal(3, problem.Line);
        Assert.Contains("always", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_Missing_IsRefusedByName()
    {
        var refusal = await Assert.ThrowsAsync<PolicyException>(() => StartAsync(policies => policies.File = _directory.File("none.yaml")));

        Assert.Contains("none.yaml", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Defaults_MoreThanTheLimitOfAnHour_AreHeldAndNotLost()
    {
        await using var memory = await StartAsync(static policies => policies.UseDefaults = true);

        for (var call = 0; call < 5; call++) Call("shop");
        await memory.FlushAsync(cancellationToken: Token);

        // Three of a workflow in an hour.
        Assert.Equal(3, (await StoredAsync()).Count);
        var health = await memory.GetHealthAsync(Token);
        Assert.Equal((5, 3, 2), (health.Accepted, health.Stored, health.Held));
        Assert.True(health.IsBalanced);
    }

    [Fact]
    public async Task Defaults_Batch_IsStoredTogetherWhenFull()
    {
        await using var memory = await StartAsync(static policies => policies.ForTypes.Add(
            new TriggerPolicy { Type = TriggerType.WorkflowCompletion, DefaultDecision = PolicyVerdict.Batch, BatchSize = 3, BatchTimeout = TimeSpan.FromHours(1) }));

        Call("a");
        Call("b");
        await memory.FlushAsync(cancellationToken: Token);
        var before = await StoredAsync();
        Call("c");
        await memory.FlushAsync(cancellationToken: Token);

        Assert.Empty(before);
        Assert.Equal(3, (await StoredAsync()).Count);
    }

    [Fact]
    public async Task MaxHeld_Reached_StoresAtOnce()
    {
        await using var memory = await StartAsync(static policies =>
        {
            policies.MaxHeld = 1;
            policies.ForTypes.Add(new TriggerPolicy { Type = TriggerType.WorkflowCompletion, DefaultDecision = PolicyVerdict.Defer });
        });

        for (var call = 0; call < 3; call++) Call("shop");
        await memory.FlushAsync(cancellationToken: Token);

        Assert.Equal(2, (await StoredAsync()).Count);
        Assert.Equal(1, (await memory.GetHealthAsync(Token)).Held);
    }

    [Fact]
    public async Task Action_OfTheProgram_IsCarriedOutWhenTheMemoryIsStored()
    {
        var action = new Noting(_store);
        await using var memory = await StartAsync(policies =>
        {
            policies.Actions.Add(action);
            policies.Rules.Add(new PolicyRule { Name = "noted", Conditions = [new PolicyCondition { Type = PolicyConditionType.Always }], Actions = [new PolicyAction { Type = "note" }] });
        });

        Call("shop");

        Assert.True(await action.WasStored.Task.WaitAsync(Token));
    }

    [Fact]
    public async Task Install_AnotherSet_CountsFromTheNextMemoryOn()
    {
        await using var memory = await StartAsync(static _ => { });
        Call("shop");
        await memory.FlushAsync(cancellationToken: Token);

        memory.Policies.Install(PolicySet.Compile([], [new TriggerPolicy { Type = TriggerType.WorkflowCompletion, Enabled = false }]));
        Call("shop");
        await memory.FlushAsync(cancellationToken: Token);

        Assert.Single(await StoredAsync());
        Assert.Equal(1, (await memory.GetHealthAsync(Token)).Denied);
    }

    [Fact]
    public async Task AddPolicy_ThroughTheHost_IsAsked()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Services.AddMemoryTriggers(options => options.DataDirectory = _directory.Path).UseBackend(_ => _store).AddPolicy<NothingOfTests>();
        using var host = builder.Build();
        await host.StartAsync(Token);

        Call("tests");
        Call("shop");
        var service = host.Services.GetRequiredService<MemoryTriggerService>();
        await service.FlushAsync(cancellationToken: Token);

        Assert.Equal("shop", Assert.Single(await StoredAsync()).Project);
        Assert.Same(service.Policies, host.Services.GetRequiredService<PolicyEngine>());
        await host.StopAsync(Token);
    }

    private static void Call(string project)
    {
        using var scope = TriggerScope.Workflow("deploy", project: project);
        scope.Complete();
    }

    private async Task<IReadOnlyList<MemoryEntry>> StoredAsync() => await _store.QueryAsync(new MemoryQuery { AllProjects = true }, Token);

    private string Write(string yaml)
    {
        var path = _directory.File("policies.yaml");
        File.WriteAllText(path, yaml);
        return path;
    }

    private Task<MemoryTriggerService> StartAsync(Action<PoliciesOptions> configure) => MemoryTriggerService.StartAsync(
        options =>
        {
            options.DataDirectory = _directory.File("data");
            configure(options.Policies);
        },
        _store,
        _loggers,
        Token);

    private sealed class NothingOfTests : IPolicy
    {
        public string Name => "nothing of tests";

        public PolicyOpinion? Evaluate(MemoryEntry entry) => entry.Project == "tests" ? new PolicyOpinion(PolicyVerdict.Deny, "it is a test") : null;
    }

    private sealed class Noting(RecordingBackend store) : IPolicyAction
    {
        public TaskCompletionSource<bool> WasStored { get; } = new();

        public string Type => "note";

        public async ValueTask ExecuteAsync(PolicyActionCall call, MemoryEntry entry, CancellationToken cancellationToken) =>
            WasStored.SetResult(await store.GetAsync(entry.Id, cancellationToken) is not null);
    }
}
