using MemoryTriggers.Capture;
using MemoryTriggers.TestKit;

namespace MemoryTriggers.Scopes;

/// <summary>A scope is one record with one outcome, for everything that counts, limits, denies or acts. Attached sinks are process-wide.</summary>
[Collection(nameof(ProcessWide))]
public sealed class OneOutcomeTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Scope_LeftByAnException_IsOneFailureAndNothingWasHandled()
    {
        await using var memory = await StartAsync();

        await FailAsync("x");
        await memory.FlushAsync(cancellationToken: Token);

        var entry = Assert.Single(await AllAsync(memory));
        Assert.Equal(TriggerOutcome.Failure, entry.Outcome);
        Assert.Contains("boom", entry.Content, StringComparison.Ordinal);
        Assert.DoesNotContain("Handled", entry.Content, StringComparison.Ordinal);
        Assert.False(entry.Value.TryGetProperty("handled", out _));
        var health = await memory.GetHealthAsync(Token);
        Assert.Equal((1, 1, 0), (health.Accepted, health.Stored, health.Pending));
        Assert.Equal(1, memory.Collector.GetStatistics().TotalOperations);
    }

    [Fact]
    public async Task Scope_ThatHandlesAnException_IsOneSuccessAndSaysSo()
    {
        await using var memory = await StartAsync();

        await using (TriggerScope.Workflow("x")) Handle("slipped");
        await memory.FlushAsync(cancellationToken: Token);

        var entry = Assert.Single(await AllAsync(memory));
        Assert.Equal(TriggerOutcome.Success, entry.Outcome);
        Assert.Contains("Handled: InvalidOperationException: slipped", entry.Content, StringComparison.Ordinal);
        Assert.DoesNotContain("provisional", entry.Tags);
    }

    [Fact]
    public async Task Scope_ThatHandlesOneExceptionAndIsLeftByAnother_NamesEachOnce()
    {
        await using var memory = await StartAsync();

        try
        {
            await using var scope = TriggerScope.Workflow("x");
            Handle("slipped");
            await Task.Yield();
            throw new InvalidOperationException("boom");
        }
        catch (InvalidOperationException)
        {
        }

        await memory.FlushAsync(cancellationToken: Token);

        var entry = Assert.Single(await AllAsync(memory));
        Assert.Equal(["boom"], entry.Value.GetProperty("exception").EnumerateArray().Select(static part => part.GetProperty("message").GetString()));
        Assert.Equal(["slipped"], entry.Value.GetProperty("handled").EnumerateArray().Select(static part => part.GetProperty("message").GetString()));
    }

    [Theory]
    [InlineData("deny", 0)]
    [InlineData("defer", 1)]
    public async Task Rule_ForFailures_SeesTheFailureOnly(string decision, int held)
    {
        await using var memory = await StartAsync(options => options.Policies.File = Policies(
            $"policies:\n  workflow_completion:\n    rules: [{{name: n, condition: 'metadata:success=false', decision: {decision}}}]\n"));

        for (var i = 0; i < 3; i++) await FailAsync("x");
        await using (TriggerScope.Workflow("sound")) await Task.Yield();
        await memory.FlushAsync(cancellationToken: Token);

        Assert.Equal("sound", Assert.Single(await AllAsync(memory)).Key);
        var health = await memory.GetHealthAsync(Token);
        Assert.Equal((4, 3 * held, 3 - (3 * held)), (health.Accepted, health.Held, health.Denied));
    }

    [Fact]
    public async Task RateLimit_OfFailingScopes_CountsEachOnce()
    {
        await using var memory = await StartAsync(options => options.Policies.File =
            Policies("policies:\n  workflow_completion:\n    rate_limits: {per_project_per_hour: 3}\n"));

        for (var i = 0; i < 5; i++) await FailAsync("x");
        await memory.FlushAsync(cancellationToken: Token);

        Assert.Equal(Enumerable.Repeat(TriggerOutcome.Failure, 3), (await AllAsync(memory)).Select(static entry => entry.Outcome));
    }

    [Fact]
    public async Task Action_OnSuccess_IsNotTakenForAFailure()
    {
        await using var memory = await StartAsync(options => options.Policies.File = Policies("""
            rules:
              celebrate:
                conditions: [{type: equals, field: success, value: true}]
                actions: [{type: create_memory, parameters: {content: "celebrated"}}]
            """));

        for (var i = 0; i < 5; i++) await FailAsync("x");
        await memory.FlushAsync(cancellationToken: Token);

        Assert.DoesNotContain(await AllAsync(memory), static entry => entry.Content == "celebrated");
    }

    [Fact]
    public async Task MaxPending_OfOne_KeepsTheFailure()
    {
        var store = new RecordingBackend();
        var gate = new TaskCompletionSource();
        store.BeforeStore = (_, _) => gate.Task;
        await using var memory = await StartAsync(
            static options => options.Types[TriggerType.WorkflowCompletion] = new TriggerTypeOptions { MaxPending = 1 }, store);

        await FailAsync("first");
        await FailAsync("second");
        gate.SetResult();
        await memory.FlushAsync(cancellationToken: Token);
        await FailAsync("third");
        await memory.FlushAsync(cancellationToken: Token);

        Assert.Equal(
            [("first", TriggerOutcome.Failure), ("third", TriggerOutcome.Failure)],
            (await AllAsync(memory)).Select(static entry => (entry.Key, entry.Outcome)).Order());
        Assert.Equal(1, (await memory.GetHealthAsync(Token)).Dropped["type_limit"]);
    }

    [Fact]
    public async Task Finally_ThatReplacesTheException_IsOneFailureWithTheLast()
    {
        await using var memory = await StartAsync();
        var trigger = TriggerHub.Describe(new TriggerDefinition { Type = TriggerType.WorkflowCompletion, Operation = "replaced" });

        var record = TriggerHub.Begin(trigger)!;
        TriggerHub.Fail(record, new InvalidOperationException("first"));
        TriggerHub.Fail(record, new InvalidOperationException("last"));
        TriggerHub.End(record);
        await memory.FlushAsync(cancellationToken: Token);

        Assert.Contains("last", Assert.Single(await AllAsync(memory)).Content, StringComparison.Ordinal);
        var health = await memory.GetHealthAsync(Token);
        Assert.Equal((1, 1, 0), (health.Accepted, health.Stored, health.Pending));
    }

    [Fact]
    public async Task Stop_RightAfterAScope_DoesNotWaitForACorrection()
    {
        var store = new RecordingBackend();
        await using (await StartAsync(backend: store))
        {
            await using (TriggerScope.Workflow("x")) Handle("slipped");
        }

        Assert.Equal(TriggerOutcome.Success, Assert.Single(Assert.Single(store.Attempts)).Outcome);
    }

    [Fact]
    public async Task Scope_ThatEndsAfterTheStop_IsLoggedAsLost()
    {
        var loggers = new CollectingLoggers(out _);
        var memory = await MemoryTriggerService.StartAsync(options => options.DataDirectory = _directory.Path, loggers: loggers, cancellationToken: Token);
        var (first, second) = (TriggerScope.Workflow("first"), TriggerScope.Workflow("second"));
        await memory.DisposeAsync();

        await second.DisposeAsync();
        await first.DisposeAsync();

        Assert.Single(loggers.Warnings, static line => line.Contains("ended after it: its memory is lost", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(TriggerType.WorkflowCompletion, "workflow_complete", "workflow_error")]
    [InlineData(TriggerType.AgentOperation, "agent_operation_complete", "agent_operation_error")]
    [InlineData(TriggerType.IssueResolution, "issue_resolved", "issue_error")]
    public async Task Tags_OfAFailure_DoNotSayThatItIsComplete(TriggerType type, string complete, string error)
    {
        await using var memory = await StartAsync();
        var trigger = TriggerHub.Describe(new TriggerDefinition { Type = type, Operation = "run", Subject = "s" });

        TriggerHub.End(TriggerHub.Begin(trigger)!);
        var failing = TriggerHub.Begin(trigger)!;
        TriggerHub.Fail(failing, new InvalidOperationException("boom"));
        TriggerHub.End(failing);
        await memory.Hooks.PublishAsync(
            new HookEvent
            {
                Type = type switch
                {
                    TriggerType.WorkflowCompletion => HookType.WorkflowComplete,
                    TriggerType.AgentOperation => HookType.AgentOperationComplete,
                    _ => HookType.IssueResolved,
                },
                Subject = "s",
                Outcome = TriggerOutcome.Failure,
            },
            Token);
        await memory.FlushAsync(cancellationToken: Token);

        var all = await AllAsync(memory);
        Assert.Contains(complete, Assert.Single(all, static entry => entry.Outcome == TriggerOutcome.Success).Tags);
        Assert.All(all.Where(static entry => entry.Outcome == TriggerOutcome.Failure), entry =>
        {
            Assert.Contains(error, entry.Tags);
            Assert.DoesNotContain(complete, entry.Tags);
        });
        Assert.Equal(3, all.Count);
    }

    [Fact]
    public async Task Command_IsKnownByItsName()
    {
        await using var memory = await StartAsync();
        var trigger = TriggerHub.Describe(new TriggerDefinition
        {
            Type = TriggerType.WorkflowCompletion, Operation = "RunAsync", DeclaringType = "Tool.SearchCommand", Subject = "memory search", IsCommandLine = true,
        });

        TriggerHub.End(TriggerHub.Begin(trigger)!);
        await memory.FlushAsync(cancellationToken: Token);

        var entry = Assert.Single(await AllAsync(memory));
        Assert.StartsWith("Workflow 'memory search' completed successful in ", entry.Content, StringComparison.Ordinal);
        Assert.DoesNotContain("type:", entry.Content, StringComparison.Ordinal);
        Assert.Equal(("memory search", "memory search"), (entry.Key, entry.EntityId));
    }

    // 4,000 scopes of many threads: each way to end, mixed.
    [Fact]
    public async Task Scopes_OfManyThreads_HaveOneOutcomeEach()
    {
        await using var memory = await StartAsync();

        await Parallel.ForAsync(0, 4_000, Token, async (number, _) =>
        {
            if (number % 4 == 0) await FailAsync($"fails{number}");
            else if (number % 4 == 1) await using (TriggerScope.Workflow($"handles{number}")) Handle("slipped");
            else if (number % 4 == 2) await using (TriggerScope.Workflow($"sound{number}")) await Task.Yield();
            else await using (var scope = TriggerScope.Workflow($"fails{number}")) scope.Fail(new InvalidOperationException("said"));
        });
        Assert.True(await memory.FlushAsync(cancellationToken: Token));

        Assert.Equal(2_000, await memory.Recall.CountAsync(new() { AllProjects = true, Outcome = TriggerOutcome.Failure }, Token));
        Assert.Equal(2_000, await memory.Recall.CountAsync(new() { AllProjects = true, Outcome = TriggerOutcome.Success }, Token));
        var health = await memory.GetHealthAsync(Token);
        Assert.Equal((4_000, 4_000, 0), (health.Accepted, health.Stored, health.Pending));
    }

    private static async Task FailAsync(string operation)
    {
        try
        {
            await using var scope = TriggerScope.Workflow(operation);
            await Task.Yield();
            throw new InvalidOperationException("boom");
        }
        catch (InvalidOperationException)
        {
        }
    }

    private static void Handle(string message)
    {
        try
        {
            throw new InvalidOperationException(message);
        }
        catch (InvalidOperationException)
        {
        }
    }

    private static async Task<IReadOnlyList<MemoryEntry>> AllAsync(MemoryTriggerService memory) =>
        await memory.Recall.ListAsync(new() { AllProjects = true, Limit = 100 }, Token);

    private string Policies(string yaml)
    {
        var file = Path.Combine(_directory.Path, "policies.yaml");
        File.WriteAllText(file, yaml);
        return file;
    }

    private Task<MemoryTriggerService> StartAsync(Action<MemoryTriggersOptions>? configure = null, IMemoryBackend? backend = null) =>
        MemoryTriggerService.StartAsync(
            options =>
            {
                options.DataDirectory = _directory.Path;
                configure?.Invoke(options);
            },
            backend, new CollectingLoggers(out _), Token);
}
