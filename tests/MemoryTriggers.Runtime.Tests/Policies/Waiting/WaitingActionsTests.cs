using System.Collections.Concurrent;
using MemoryTriggers.TestKit;
using Microsoft.Extensions.Logging;
using MemoryTriggers.Problems;

namespace MemoryTriggers.Policies;

/// <summary>Actions that wait outlive the process.</summary>
public sealed class WaitingActionsTests : IDisposable
{
    private const string Rule = "{type: notify, retry_count: 2, retry_delay: 3, timeout: 4, async_execution: true, parameters: {to: '${project}'}}";

    private readonly TemporaryDirectory _directory = new();
    private readonly ManualTimeProvider _time = new();
    private readonly CollectingLoggers _loggers = new(out _);
    private readonly Noting _action = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string FilePath => _directory.File("actions.db");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Restart_AfterACrash_CarriesOutWhatWaited()
    {
        var decision = Decision();
        // Nobody closes it: the process is gone.
        using var crashed = Kept();
        var first = Queue(crashed);
        first.Add(decision);
        first.CommitDecisions();

        using var kept = Kept();
        await FinishAsync(Queue(kept));

        Assert.Equal([decision.Entry.Id], _action.Seen);
    }

    [Fact]
    public async Task Restart_AfterAnEnd_DoesNothingTwice()
    {
        using (var kept = Kept())
        {
            var first = Queue(kept);
            for (var decision = 0; decision < 5; decision++) first.Add(Decision());
            first.CommitDecisions();
            await FinishAsync(first);
        }

        using var again = Kept();
        await FinishAsync(Queue(again));

        Assert.Equal(5, _action.Seen.Count);
    }

    [Fact]
    public async Task Stop_WhileAnActionIsUnderWay_LeavesItToTheNextProcess()
    {
        using var stop = new CancellationTokenSource();
        using (var kept = Kept())
        {
            var first = Queue(kept);
            _action.Before = token => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
            first.Add(Decision());
            first.CommitDecisions();
            var running = first.RunAsync(stop.Token);
            await stop.CancelAsync();
            await running;
        }

        _action.Before = null;
        using var again = Kept();
        await FinishAsync(Queue(again));

        Assert.Single(_action.Seen);
    }

    [Fact]
    public async Task Add_BeforeCommit_DoesNotBegin()
    {
        using var kept = Kept();
        var queue = Queue(kept);
        queue.Add(Decision());

        await FinishAsync(queue);

        Assert.Empty(_action.Seen);
        Assert.Empty(kept.Read());
    }

    [Fact]
    public void Add_MoreThanMayWait_IsLeftOutAndCountedAsFailed()
    {
        using var kept = Kept();
        var policies = PolicyHarness.Actions(Rule, ["notify"]);
        var queue = Queue(kept, policies.Engine, capacity: 2);

        for (var decision = 0; decision < 3; decision++) queue.Add(policies.Evaluate());
        queue.CommitDecisions();

        Assert.Equal(2, kept.Read().Count);
        Assert.Equal(1, Assert.Single(policies.Engine.GetStatistics().Rules).Failures);
    }

    [Fact]
    public void Read_OfADecision_IsWhatWasAdded()
    {
        var decision = Decision();
        using var kept = Kept();
        kept.Add([decision]);

        var read = Assert.Single(kept.Read()).Decision;

        Assert.Equal((decision.Verdict, decision.Entry.Id, decision.Entry.Content), (read.Verdict, read.Entry.Id, read.Entry.Content));
        var (expected, call) = (Assert.Single(decision.Actions), Assert.Single(read.Actions));
        Assert.Equal((expected.Rule, expected.Position, expected.Action.Type), (call.Rule, call.Position, call.Action.Type));
        Assert.Equal((2, TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(4), true), (call.Action.RetryCount, call.Action.RetryDelay, call.Action.Timeout, call.Action.AsyncExecution));
        Assert.Equal("""{"to":"shop"}""", call.Parameters.GetRawText());
        Assert.Equal(expected.Action.Parameters.GetRawText(), call.Action.Parameters.GetRawText());
        Assert.Equal(ActionId.Of(expected, decision.Entry), ActionId.Of(call, read.Entry));
    }

    [Fact]
    public async Task Adopt_OfWhatADeadProcessLeft_CarriesItOutAndLeavesNothing()
    {
        using var own = Kept();
        var queue = Queue(own);
        var orphan = Directory.CreateDirectory(_directory.File("1")).FullName;
        using (var left = new WaitingActions(orphan, ProblemLog.At(orphan, _time), _time, _loggers)) left.Add([Decision(), Decision()]);

        using (var left = new WaitingActions(orphan, ProblemLog.At(orphan, _time), _time, _loggers)) queue.Adopt(left);
        await FinishAsync(queue);

        using var after = new WaitingActions(orphan, ProblemLog.At(orphan, _time), _time, _loggers);
        Assert.Equal(2, _action.Seen.Count);
        Assert.Empty(after.Read());
    }

    [Fact]
    public async Task Open_DamagedFile_IsSetAsideAndItGoesOn()
    {
        File.WriteAllText(FilePath, new string('x', 8_192));

        using var kept = Kept();
        var queue = Queue(kept);
        queue.Add(Decision());
        queue.CommitDecisions();
        await FinishAsync(queue);

        Assert.Single(_action.Seen);
        Assert.Single(Directory.GetFiles(_directory.Path, "actions.db.damaged-*"));
        Assert.Contains("set aside", Assert.Single(_loggers.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task CommitDecisions_NothingCanBeWritten_CarriesThemOutAndSaysSoOnce()
    {
        using var kept = new WaitingActions(_directory.File("no-such-folder"), ProblemLog.At(null, _time), _time, _loggers);
        var queue = Queue(kept);
        for (var decision = 0; decision < 3; decision++)
        {
            queue.Add(Decision());
            queue.CommitDecisions();
        }

        await FinishAsync(queue);

        Assert.Equal(3, _action.Seen.Count);
        Assert.Contains("end with the process", kept.Problem, StringComparison.Ordinal);
        Assert.Single(_loggers.Warnings);
    }

    private static async Task FinishAsync(PolicyActionQueue queue)
    {
        queue.Complete();
        await queue.RunAsync(Token);
    }

    private static PolicyDecision Decision() => PolicyHarness.Actions(Rule, ["notify"]).Evaluate();

    private WaitingActions Kept() => new(_directory.Path, ProblemLog.At(_directory.Path, _time, _loggers), _time, _loggers);

    private PolicyActionQueue Queue(WaitingActions kept, PolicyEngine? engine = null, int capacity = 100)
    {
        engine ??= PolicyHarness.Actions(Rule, ["notify"]).Engine;
        var runner = new PolicyActionRunner(engine, [new CustomActionHandler(_action)], _time, _loggers.CreateLogger<PolicyActionRunner>());
        return new PolicyActionQueue(engine, runner, capacity, kept, _loggers.CreateLogger<PolicyActionQueue>());
    }

    private sealed class Noting : IPolicyAction
    {
        public ConcurrentQueue<Guid> Seen { get; } = [];

        public Func<CancellationToken, Task>? Before { get; set; }

        public string Type => "notify";

        public async ValueTask ExecuteAsync(PolicyActionCall call, MemoryEntry entry, CancellationToken cancellationToken)
        {
            if (Before is { } before) await before(cancellationToken);
            Seen.Enqueue(entry.Id);
        }
    }
}
