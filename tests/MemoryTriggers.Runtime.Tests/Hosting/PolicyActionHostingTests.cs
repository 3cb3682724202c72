using System.Collections.Concurrent;
using MemoryTriggers.Configuration;
using MemoryTriggers.TestKit;

namespace MemoryTriggers.Hosting;

/// <summary>Actions of policies when the program ends.</summary>
[Collection(nameof(ProcessWide))]
public sealed class PolicyActionHostingTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly RecordingBackend _store = new();
    private readonly CollectingLoggers _loggers = new(out _);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Stop_ActionsWait_CarriesThemOut()
    {
        var action = new Noting();
        await using var memory = await StartAsync(action);
        for (var call = 0; call < 20; call++) Call();

        await memory.StopAsync(Token);

        Assert.Equal(20, action.Seen.Count);
    }

    [Fact]
    public async Task Stop_ActionsHang_LeavesThemToTheNextStart()
    {
        var hanging = new Noting { Before = static token => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token) };
        await using (var memory = await StartAsync(hanging, TimeSpan.FromMilliseconds(100)))
        {
            for (var call = 0; call < 3; call++) Call();
            await memory.FlushAsync(cancellationToken: Token);
        }

        var action = new Noting();
        await using (await StartAsync(action))
        {
        }

        Assert.Empty(hanging.Seen);
        Assert.Equal(3, action.Seen.Distinct().Count());
    }

    [Fact]
    public async Task Start_BesideTheFolderOfADeadProcess_CarriesOutWhatItLeft()
    {
        var hanging = new Noting { Before = static token => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token) };
        await using (var memory = await StartAsync(hanging, TimeSpan.FromMilliseconds(100)))
        {
            Call();
            await memory.FlushAsync(cancellationToken: Token);
        }

        var journals = Path.Combine(_directory.File("data"), "journal");
        Directory.Move(Path.Combine(journals, "0"), Path.Combine(journals, "1"));
        var action = new Noting();
        await using (var memory = await StartAsync(action))
        {
            await memory.WaitForAdoptionAsync(Token);
        }

        Assert.Single(action.Seen);
    }

    [Fact]
    public async Task TriggerAlert_OfARule_ReachesTheAlertChannels()
    {
        var channels = new[] { new Channel("ops"), new Channel("pager") };
        await using (await StartAsync("{type: trigger_alert, parameters: {alert_type: critical, message: 'in ${project}', channels: [pager]}}", options =>
        {
            foreach (var channel in channels) options.Operations.Alerts.Channels.Add(channel);
        }))
        {
            Call();
            var alert = await channels[1].First.Task.WaitAsync(Token);

            Assert.Equal((AlertKind.Policy, "critical of rule r: in shop", false), (alert.Kind, alert.Message, alert.IsResolved));
        }

        Assert.False(channels[0].First.Task.IsCompleted);
        Assert.Contains("Alert critical of policy r: in shop", Assert.Single(_loggers.Warnings, static line => line.Contains("in shop", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Quality_BelowTheLeast_DeniesTheMemory_AndNotWhatItsRuleMakes()
    {
        var configuration = _directory.File("memory.yaml");
        File.WriteAllText(configuration, "environment: testing\nglobal_enabled: true\nfeatures: {quality_assessment: true}\nperformance: {min_memory_quality_score: 0.6}\n");
        var root = Configured.Root(configuration);
        var done = new TaskCompletionSource();
        var last = new Noting { Before = _ => { done.TrySetResult(); return Task.CompletedTask; } };
        await using var memory = await StartAsync(
            "{type: create_memory, parameters: {content: made}}, {type: set_quality_score, parameters: {score: 0.4}}, {type: note}",
            options =>
            {
                options.Use(root.GetSection(MemoryTriggersOptions.Section), root);
                options.Policies.Actions.Add(last);
            });

        Call();
        await memory.FlushAsync(cancellationToken: Token);
        await done.Task.WaitAsync(Token);

        Assert.Equal("made", Assert.Single(await _store.QueryAsync(new MemoryQuery { AllProjects = true }, Token)).Content);
        Assert.Equal(1, (await memory.GetHealthAsync(Token)).Denied);
    }

    private Task<MemoryTriggerService> StartAsync(string actions, Action<MemoryTriggersOptions> configure)
    {
        var rules = _directory.File("rules.yaml");
        File.WriteAllText(rules, $"rules: {{r: {{conditions: [{{type: always}}], actions: [{actions}]}}}}\n");
        return MemoryTriggerService.StartAsync(
            options =>
            {
                configure(options);
                options.DataDirectory = _directory.File("data");
                options.Policies.File = rules;
            },
            _store,
            _loggers,
            Token);
    }

    private static void Call()
    {
        using var scope = TriggerScope.Workflow("deploy", project: "shop");
        scope.Complete();
    }

    private Task<MemoryTriggerService> StartAsync(Noting action, TimeSpan? shutdown = null) => MemoryTriggerService.StartAsync(
        options =>
        {
            options.DataDirectory = _directory.File("data");
            options.Delivery.ShutdownTimeout = shutdown ?? TimeSpan.FromSeconds(30);
            options.Policies.Actions.Add(action);
            options.Policies.Rules.Add(new PolicyRule { Name = "noted", Conditions = [new PolicyCondition { Type = PolicyConditionType.Always }], Actions = [new PolicyAction { Type = "note" }] });
        },
        _store,
        _loggers,
        Token);

    private sealed class Channel(string name) : IAlertChannel
    {
        public TaskCompletionSource<MemoryAlert> First { get; } = new();

        public string Name => name;

        public ValueTask SendAsync(MemoryAlert alert, CancellationToken cancellationToken)
        {
            First.TrySetResult(alert);
            return default;
        }
    }

    private sealed class Noting : IPolicyAction
    {
        public ConcurrentQueue<Guid> Seen { get; } = [];

        public Func<CancellationToken, Task>? Before { get; init; }

        public string Type => "note";

        public async ValueTask ExecuteAsync(PolicyActionCall call, MemoryEntry entry, CancellationToken cancellationToken)
        {
            if (Before is { } before) await before(cancellationToken);
            Seen.Enqueue(entry.Id);
        }
    }
}
