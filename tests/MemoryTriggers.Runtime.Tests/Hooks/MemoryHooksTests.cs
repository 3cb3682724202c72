namespace MemoryTriggers.Hooks;

/// <summary>What is told becomes memories. Attached sinks are process-wide.</summary>
[Collection(nameof(ProcessWide))]
public sealed class MemoryHooksTests : IDisposable
{
    private readonly HookHarness _harness = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _harness.Dispose();

    public static TheoryData<HookType, string, TriggerPriority, string, string> Remembered => new()
    {
        { HookType.WorkflowComplete, "workflow_complete", TriggerPriority.High, "pattern", "Workflow 'push' completed successful in 12.5ms (type: deploy). Results: 3 commits" },
        { HookType.WorkflowError, "workflow_error", TriggerPriority.Critical, "error", "Error resolution: InvalidOperationException - push. Error: rejected. Solution: retried" },
        { HookType.AgentOperationComplete, "agent_operation_complete", TriggerPriority.Medium, "pattern", "Agent operation completed: qa - check (Duration: 12.5ms). Results: {\"passed\":42}" },
        { HookType.AgentOperationError, "agent_operation_error", TriggerPriority.Critical, "error", "Error resolution: timeout - check. Error: no answer" },
        { HookType.IssueResolved, "issue_resolved", TriggerPriority.High, "project", "Issue resolved: ISS-042. Resolution: freed the buffers" },
        { HookType.IssueError, "issue_error", TriggerPriority.Critical, "error", "Error resolution: merge_conflict. Error: two branches" },
        { HookType.ProjectMilestone, "project_milestone", TriggerPriority.High, "project", "Project milestone reached: 1.0. Description: all of it" },
        { HookType.ErrorResolution, "error_resolution", TriggerPriority.Critical, "error", "Error resolution: unknown. Error: it broke" },
        { HookType.KnowledgeCapture, "knowledge_capture", TriggerPriority.Medium, "pattern", "Knowledge captured: general. Content: cache it" },
        { HookType.PatternDetection, "pattern_detection", TriggerPriority.Medium, "pattern", "Pattern detected: retry_storm. Description: three at once" },
        { HookType.DecisionPoint, "decision_point", TriggerPriority.High, "project", "Decision point: PostgreSQL. Rationale: many machines" },
    };

    [Theory]
    [MemberData(nameof(Remembered))]
    public async Task Hook_Told_BecomesAMemoryWithItsLinePriorityCategoryAndTags(HookType type, string name, TriggerPriority priority, string category, string line)
    {
        Assert.True(await TellAsync(type));

        var entry = _harness.Single();
        Assert.Equal((line, priority, category), (entry.Content, entry.Priority, entry.Category));
        Assert.Contains(name, entry.Tags);
        Assert.Contains("framework", entry.Tags);
        Assert.Equal(entry.Tags.Count, entry.Tags.Distinct().Count());
        Assert.Equal(name, entry.Value.GetProperty("metadata").GetProperty("hook_type").GetString());
    }

    [Theory]
    [InlineData(HookType.WorkflowStart)]
    [InlineData(HookType.AgentOperationStart)]
    [InlineData(HookType.IssueCreated)]
    public async Task Hook_OfABeginning_OnlyCallsBack(HookType type)
    {
        var heard = new List<HookType>();
        _harness.Hooks.On<HookEvent>(hook => heard.Add(hook.Type));

        Assert.False(await TellAsync(type));

        Assert.Equal([type], heard);
        Assert.Empty(_harness.Entries);
    }

    [Fact]
    public async Task Error_OfAnExceptionThatIsRememberedAlready_NamesThatMemory()
    {
        using var harness = new HookHarness();
        var exception = new InvalidOperationException("no funds");

        await harness.Hooks.OnErrorAsync(exception, "payment", cancellationToken: TestContext.Current.CancellationToken);
        await harness.Hooks.OnErrorAsync(new InvalidOperationException("outer", exception), "order", cancellationToken: TestContext.Current.CancellationToken);

        var (first, second) = (harness.Entries[0], harness.Entries[1]);
        Assert.False(first.Value.GetProperty("metadata").TryGetProperty("remembered_as", out _));
        Assert.Equal(first.Id.ToString(), second.Value.GetProperty("metadata").GetProperty("remembered_as").GetString());
    }

    [Fact]
    public async Task Hook_OfEveryType_HasItsMethod()
    {
        foreach (var type in HookTypes.All) await TellAsync(type);

        var statistics = _harness.Hooks.GetStatistics();
        Assert.Equal(14, statistics.HooksByType.Count);
        Assert.All(statistics.HooksByType.Values, static hook => Assert.Equal(1, hook.Executed));
        Assert.Equal((14, 14, 0, 11), (statistics.HooksExecuted, statistics.SuccessfulHooks, statistics.FailedHooks, statistics.MemoryCaptures));
    }

    [Fact]
    public async Task Error_WithAnException_KeepsItAndTheWorkflowAsATag()
    {
        await _harness.Hooks.OnWorkflowErrorAsync(new() { Operation = "push", WorkflowType = "deploy", Exception = Thrown() }, Token);

        var entry = _harness.Single();
        Assert.Equal(TriggerOutcome.Failure, entry.Outcome);
        Assert.Equal("System.InvalidOperationException", entry.Value.GetProperty("exception")[0].GetProperty("type").GetString());
        Assert.Contains(nameof(Thrown), entry.Value.GetProperty("exception")[0].GetProperty("stackTrace").GetString(), StringComparison.Ordinal);
        Assert.Contains("deploy", entry.Tags);
    }

    [Fact]
    public async Task Error_WithASolution_IsASuccessWithTheException()
    {
        await _harness.Hooks.OnErrorAsync(Thrown(), "push", "retried", Token);

        var entry = _harness.Single();
        Assert.Equal(TriggerOutcome.Success, entry.Outcome);
        Assert.Equal("retried", entry.Value.GetProperty("result").GetString());
        Assert.Equal("rejected", entry.Value.GetProperty("handled")[0].GetProperty("message").GetString());
    }

    [Fact]
    public async Task Workflow_ThatDidNotSucceed_IsAFailure()
    {
        await _harness.Hooks.OnWorkflowCompletedAsync(new() { Operation = "push", Success = false, Results = "rejected" }, Token);

        Assert.Equal((TriggerOutcome.Failure, "Workflow 'push' completed failed. Results: rejected"), (_harness.Single().Outcome, _harness.Single().Content));
    }

    [Fact]
    public async Task Hook_WithADuration_BeganThatLongAgo()
    {
        await _harness.Hooks.OnWorkflowCompletedAsync("push", TimeSpan.FromHours(1), cancellationToken: Token);
        await _harness.Hooks.OnDecisionPointAsync("PostgreSQL", "many machines", Token);

        Assert.Equal(TimeSpan.FromHours(1), _harness.Entries[0].Duration);
        Assert.InRange(_harness.Entries[1].CreatedAt - _harness.Entries[0].CreatedAt, TimeSpan.FromHours(1), TimeSpan.FromHours(2));
    }

    [Theory]
    [InlineData(false, true, 1)]
    [InlineData(true, false, 1)]
    [InlineData(false, false, 0)]
    public async Task Capture_OfSuccessOrError_IsSwitchedOff(bool onSuccess, bool onError, int expected)
    {
        using var harness = new HookHarness(options => (options.CaptureOnSuccess, options.CaptureOnError) = (onSuccess, onError));

        await harness.Hooks.OnWorkflowCompletedAsync("push", default, cancellationToken: Token);
        await harness.Hooks.OnWorkflowCompletedAsync(new() { Success = false }, Token);

        Assert.Equal(expected, harness.Entries.Count);
        Assert.All(harness.Entries, entry => Assert.Equal(onSuccess, entry.Outcome == TriggerOutcome.Success));
    }

    [Fact]
    public async Task CaptureResult_Off_KeepsResultsOutOfLineAndValue()
    {
        using var harness = new HookHarness(static options => options.CaptureResult = false);

        await harness.Hooks.OnWorkflowCompletedAsync(new() { Operation = "push", Results = "canary-1" }, Token);

        Assert.DoesNotContain("canary-1", harness.Single().Content + harness.Single().Value.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Enabled_Off_NeitherRemembersNorCallsBack()
    {
        using var harness = new HookHarness(static options => options.Enabled = false);
        var heard = 0;
        harness.Hooks.On<HookEvent>(_ => heard++);

        Assert.False(await harness.Hooks.OnDecisionPointAsync("a", "b", Token));

        Assert.Equal((0, 0, 0), (heard, harness.Entries.Count, harness.Hooks.GetStatistics().HooksExecuted));
    }

    [Fact]
    public async Task Hook_InsideAScope_IsItsChildAndOfItsContext()
    {
        using (MemoryContext.Begin(new() { Project = "shop", SessionId = "s-1" }))
        {
            await using (TriggerScope.Workflow("deploy")) await _harness.Hooks.OnDecisionPointAsync("a", "b", Token);
        }

        Assert.Equal(_harness.Entries[1].Id, _harness.Entries[0].ParentId);
        Assert.Equal(("shop", "s-1"), (_harness.Entries[0].Project, _harness.Entries[0].Provenance.SessionId));
    }

    [Fact]
    public async Task Hook_WhereNothingIsCaptured_IsNotRemembered()
    {
        using (TriggerHub.SuppressCapture()) Assert.False(await _harness.Hooks.OnDecisionPointAsync("a", "b", Token));

        Assert.Empty(_harness.Entries);
    }

    [Fact]
    public async Task Hook_WithoutARuntime_IsNotRemembered()
    {
        _harness.Dispose();

        Assert.False(await _harness.Hooks.OnDecisionPointAsync("a", "b", Token));
    }

    [Fact]
    public async Task Hook_WithACancelledToken_TellsNothing()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await _harness.Hooks.OnDecisionPointAsync("a", "b", new CancellationToken(canceled: true)));

        Assert.Empty(_harness.Entries);
    }

    private ValueTask<bool> TellAsync(HookType type) => type switch
    {
        HookType.WorkflowStart => _harness.Hooks.OnWorkflowStartedAsync(new() { Operation = "push", WorkflowType = "deploy" }, Token),
        HookType.WorkflowComplete => _harness.Hooks.OnWorkflowCompletedAsync("push", TimeSpan.FromMilliseconds(12.5), "deploy", "3\ncommits", Token),
        HookType.WorkflowError => _harness.Hooks.OnWorkflowErrorAsync(new() { Operation = "push", Exception = Thrown(), Solution = "retried" }, Token),
        HookType.AgentOperationStart => _harness.Hooks.OnAgentOperationStartedAsync(new() { AgentType = "qa" }, Token),
        HookType.AgentOperationComplete => _harness.Hooks.OnAgentOperationCompletedAsync("qa", "check", TimeSpan.FromMilliseconds(12.5), new { passed = 42 }, Token),
        HookType.AgentOperationError => _harness.Hooks.OnAgentOperationErrorAsync(new() { Operation = "check", ErrorType = "timeout", ErrorMessage = "no answer" }, Token),
        HookType.IssueCreated => _harness.Hooks.OnIssueCreatedAsync(new() { IssueId = "ISS-042" }, Token),
        HookType.IssueResolved => _harness.Hooks.OnIssueResolvedAsync("ISS-042", "freed the buffers", Token),
        HookType.IssueError => _harness.Hooks.OnIssueErrorAsync(new() { IssueId = "ISS-042", ErrorType = "merge_conflict", ErrorMessage = "two branches" }, Token),
        HookType.ProjectMilestone => _harness.Hooks.OnProjectMilestoneAsync("1.0", "all of it", Token),
        HookType.ErrorResolution => _harness.Hooks.OnErrorAsync(new() { ErrorMessage = "it broke" }, Token),
        HookType.KnowledgeCapture => _harness.Hooks.OnKnowledgeCapturedAsync(new() { Content = "cache it" }, Token),
        HookType.PatternDetection => _harness.Hooks.OnPatternDetectedAsync("retry_storm", "three at once", Token),
        HookType.DecisionPoint => _harness.Hooks.OnDecisionPointAsync("PostgreSQL", "many machines", Token),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, null),
    };

    private static InvalidOperationException Thrown()
    {
        try
        {
            throw new InvalidOperationException("rejected");
        }
        catch (InvalidOperationException exception)
        {
            return exception;
        }
    }
}
