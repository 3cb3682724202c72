using System.Collections.Concurrent;
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
