using System.Collections.Concurrent;

namespace MemoryTriggers.Hooks;

/// <summary>Callbacks cannot harm each other, nor whoever tells.</summary>
[Collection(nameof(ProcessWide))]
public sealed class HookCallbackTests : IDisposable
{
    private readonly HookHarness _harness = new();
    private readonly ConcurrentQueue<string> _heard = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _harness.Dispose();

    [Fact]
    public async Task Callback_OfTypes_ReceivesThose_OneOfNoneReceivesAll()
    {
        _harness.Hooks.On(_ => _heard.Enqueue("error"), HookType.ErrorResolution);
        _harness.Hooks.On(_ => _heard.Enqueue("one of two"), HookType.WorkflowError, HookType.ErrorResolution);
        _harness.Hooks.On(_ => _heard.Enqueue("all"));
        _harness.Hooks.On(_ => _heard.Enqueue("decision"), HookType.DecisionPoint);

        await _harness.Hooks.OnErrorAsync(new InvalidOperationException("no"), "push", cancellationToken: Token);

        Assert.Equal(["all", "error", "one of two"], _heard.Order());
    }

    [Fact]
    public async Task Callback_Asynchronous_IsWaitedFor()
    {
        _harness.Hooks.On(async hook =>
        {
            await Task.Yield();
            _heard.Enqueue(hook.Subject!);
        }, HookType.DecisionPoint);
        _harness.Hooks.On(async (hook, token) =>
        {
            await Task.Delay(TimeSpan.Zero, TimeProvider.System, token);
            _heard.Enqueue((string)hook.Detail!);
        }, HookType.DecisionPoint);

        await _harness.Hooks.OnDecisionPointAsync("a", "b", Token);

        Assert.Equal(["a", "b"], _heard.Order());
    }

    [Fact]
    public async Task Callback_ThatThrows_HarmsNeitherTheOthersNorTheMemory()
    {
        _harness.Hooks.On((Action<HookEvent>)(static _ => throw new InvalidOperationException("mine")), HookType.DecisionPoint);
        _harness.Hooks.On(static async _ =>
        {
            await Task.Yield();
            throw new InvalidOperationException("mine, later");
        }, HookType.DecisionPoint);
        _harness.Hooks.On(_ => _heard.Enqueue("heard"), HookType.DecisionPoint);

        for (var turn = 0; turn < 3; turn++) Assert.True(await _harness.Hooks.OnDecisionPointAsync("a", "b", Token));

        var statistics = _harness.Hooks.GetStatistics();
        Assert.Equal(3, _heard.Count);
        Assert.Equal(3, _harness.Entries.Count);
        Assert.Equal((3, 3, 0), (statistics.HooksExecuted, statistics.FailedHooks, statistics.SuccessfulHooks));
        Assert.Equal(2, _harness.Warnings.Count);
    }

    [Fact]
    public async Task Callback_ThatHangs_IsLeftBehindWhenItsTimeIsOver()
    {
        var cancelled = new TaskCompletionSource();
        var entered = new TaskCompletionSource();
        var heard = new TaskCompletionSource();
        _harness.Hooks.On((_, token) =>
        {
            token.Register(cancelled.SetResult);
            entered.SetResult();
            return new TaskCompletionSource().Task;
        }, HookType.DecisionPoint);
        _harness.Hooks.On(_ => heard.SetResult(), HookType.DecisionPoint);

        var told = _harness.Hooks.OnDecisionPointAsync("a", "b", Token).AsTask();
        await Task.WhenAll(entered.Task, heard.Task);
        Assert.False(told.IsCompleted);
        _harness.Time.Advance(TimeSpan.FromSeconds(5));

        Assert.True(await told);
        await cancelled.Task;
        Assert.Equal(1, _harness.Hooks.GetStatistics().FailedHooks);
    }

    [Fact]
    public async Task Callback_ThatBlocks_HoldsUpNeitherTheOthersNorTheCaller()
    {
        using var release = new ManualResetEventSlim();
        var entered = new TaskCompletionSource();
        var heard = new TaskCompletionSource();
        _harness.Hooks.On(_ =>
        {
            entered.SetResult();
            release.Wait(Token);
        }, HookType.DecisionPoint);
        _harness.Hooks.On(_ => heard.SetResult(), HookType.DecisionPoint);

        var told = _harness.Hooks.OnDecisionPointAsync("a", "b", Token).AsTask();
        await Task.WhenAll(entered.Task, heard.Task);
        _harness.Time.Advance(TimeSpan.FromSeconds(5));

        Assert.True(await told);
        release.Set();
    }

    [Fact]
    public async Task Callback_WithManyCallsThatHang_IsNotCalledUntilOneOfThemReturns()
    {
        const int MostLeftBehind = 8;
        using var entered = new SemaphoreSlim(0);
        var release = new TaskCompletionSource();
        var calls = 0;
        _harness.Hooks.On(async _ =>
        {
            Interlocked.Increment(ref calls);
            entered.Release();
            await release.Task;
        }, HookType.DecisionPoint);
        for (var number = 0; number < MostLeftBehind; number++)
        {
            var told = _harness.Hooks.OnDecisionPointAsync("a", "b", Token).AsTask();
            await entered.WaitAsync(Token);
            _harness.Time.Advance(TimeSpan.FromSeconds(5));
            await told;
        }

        Assert.True(await _harness.Hooks.OnDecisionPointAsync("a", "b", Token));
        Assert.Equal((MostLeftBehind, MostLeftBehind + 1), (calls, _harness.Hooks.GetStatistics().FailedHooks));
        release.SetResult();
        while (calls == MostLeftBehind) await _harness.Hooks.OnDecisionPointAsync("a", "b", Token);

        Assert.Equal(MostLeftBehind + 1, calls);
    }

    [Fact]
    public async Task Callback_ThatTellsItself_IsRememberedAndEndsThere()
    {
        _harness.Hooks.On(async hook =>
        {
            _heard.Enqueue(hook.Operation);
            await _harness.Hooks.OnErrorAsync(new InvalidOperationException("again"), "inner", cancellationToken: Token);
        });

        await _harness.Hooks.OnErrorAsync(new InvalidOperationException("first"), "outer", cancellationToken: Token);

        Assert.Equal(["outer"], _heard);
        Assert.Equal(["inner", "outer"], _harness.Entries.Select(static entry => entry.Key).Order());
    }

    [Fact]
    public async Task Callback_Cancelled_EndsTheWaitAndKeepsTheMemory()
    {
        using var cancellation = new CancellationTokenSource();
        _harness.Hooks.On(async (_, token) =>
        {
            await cancellation.CancelAsync();
            await new TaskCompletionSource().Task.WaitAsync(token);
        }, HookType.DecisionPoint);

        Assert.True(await _harness.Hooks.OnDecisionPointAsync("a", "b", cancellation.Token));

        Assert.Single(_harness.Entries);
    }

    [Fact]
    public async Task Registration_Disposed_HearsNoMore()
    {
        var registration = _harness.Hooks.On(_ => _heard.Enqueue("heard"), HookType.DecisionPoint);
        Assert.Equal(1, _harness.Hooks.GetStatistics().RegisteredHooks);

        registration.Dispose();
        registration.Dispose();
        await _harness.Hooks.OnDecisionPointAsync("a", "b", Token);

        Assert.Empty(_heard);
        Assert.Equal(0, _harness.Hooks.GetStatistics().RegisteredHooks);
    }

    [Fact]
    public async Task Callback_InAContext_SeesIt()
    {
        _harness.Hooks.On(_ => _heard.Enqueue(MemoryContext.Current?.SessionId ?? "none"), HookType.DecisionPoint);

        using (MemoryContext.Begin(new() { SessionId = "s-1" })) await _harness.Hooks.OnDecisionPointAsync("a", "b", Token);

        Assert.Equal(["s-1"], _heard);
    }
}
