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
        { HookType.WorkflowComplete, "workflow_complete", TriggerPriority.High, "pattern", "Workflow 'push' (type: deploy) completed in 12.5ms. Results: 3 commits" },
        { HookType.WorkflowError, "workflow_error", TriggerPriority.Critical, "error", "Error resolution: InvalidOperationException - push. Error: rejected. Solution: retried" },
        { HookType.AgentOperationComplete, "agent_operation_complete", TriggerPriority.Medium, "pattern", "Agent operation completed: qa - check (Duration: 12.5ms). Results: object (passed: 42)" },
        { HookType.AgentOperationError, "agent_operation_error", TriggerPriority.Critical, "error", "Error in check: timeout: no answer" },
        { HookType.IssueResolved, "issue_resolved", TriggerPriority.High, "project", "Issue resolved: ISS-042. Resolution: freed the buffers" },
        { HookType.IssueError, "issue_error", TriggerPriority.Critical, "error", "Error: merge_conflict: two branches" },
        { HookType.ProjectMilestone, "project_milestone", TriggerPriority.High, "project", "Project milestone reached: 1.0. Description: all of it" },
        { HookType.ErrorResolution, "error_resolution", TriggerPriority.Critical, "error", "Error: it broke" },
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
        _harness.Hooks.On(hook => heard.Add(hook.Type));

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
    public async Task Hook_OfEveryType_IsCounted()
    {
        foreach (var type in HookTypes.All) await TellAsync(type);

        var statistics = _harness.Hooks.GetStatistics();
        Assert.Equal(14, statistics.HooksByType.Count);
        Assert.All(statistics.HooksByType.Values, static executed => Assert.Equal(1, executed));
        Assert.Equal((14, 14, 0, 11), (statistics.HooksExecuted, statistics.SuccessfulHooks, statistics.FailedHooks, statistics.MemoryCaptures));
    }

    [Fact]
    public async Task Error_WithAnException_KeepsItAndTheWorkflowAsATag()
    {
        await _harness.Hooks.PublishAsync(new() { Type = HookType.WorkflowError, Operation = "push", Subject = "deploy", Exception = Thrown() }, Token);

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
        await _harness.Hooks.PublishAsync(new() { Type = HookType.WorkflowComplete, Operation = "push", Outcome = TriggerOutcome.Failure, Detail = "rejected" }, Token);

        Assert.Equal((TriggerOutcome.Failure, "Workflow 'push' failed. Results: rejected"), (_harness.Single().Outcome, _harness.Single().Content));
    }

    [Fact]
    public async Task Hook_WithADuration_BeganThatLongAgo()
    {
        await _harness.Hooks.OnWorkflowCompletedAsync("push", TimeSpan.FromHours(1), cancellationToken: Token);
        await _harness.Hooks.OnDecisionPointAsync("PostgreSQL", "many machines", Token);

        Assert.Equal(TimeSpan.FromHours(1), _harness.Entries[0].Duration);
        Assert.InRange(_harness.Entries[1].CreatedAt - _harness.Entries[0].StartedAt, TimeSpan.FromHours(1), TimeSpan.FromHours(2));
        Assert.InRange(_harness.Entries[1].CreatedAt - _harness.Entries[0].CreatedAt, TimeSpan.Zero, TimeSpan.FromMinutes(30));
    }

    [Theory]
    [InlineData(false, true, 1)]
    [InlineData(true, false, 1)]
    [InlineData(false, false, 0)]
    public async Task Capture_OfSuccessOrError_IsSwitchedOff(bool onSuccess, bool onError, int expected)
    {
        using var harness = new HookHarness(options => (options.CaptureOnSuccess, options.CaptureOnError) = (onSuccess, onError));

        await harness.Hooks.OnWorkflowCompletedAsync("push", default, cancellationToken: Token);
        await harness.Hooks.PublishAsync(new() { Type = HookType.WorkflowComplete, Outcome = TriggerOutcome.Failure }, Token);

        Assert.Equal(expected, harness.Entries.Count);
        Assert.All(harness.Entries, entry => Assert.Equal(onSuccess, entry.Outcome == TriggerOutcome.Success));
    }

    [Fact]
    public async Task CaptureResult_Off_KeepsResultsOutOfLineAndValue()
    {
        using var harness = new HookHarness(static options => options.CaptureResult = false);

        await harness.Hooks.PublishAsync(new() { Type = HookType.WorkflowComplete, Operation = "push", Detail = "canary-1" }, Token);

        Assert.DoesNotContain("canary-1", harness.Single().Content + harness.Single().Value.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Enabled_Off_NeitherRemembersNorCallsBack()
    {
        using var harness = new HookHarness(static options => options.Enabled = false);
        var heard = 0;
        harness.Hooks.On(_ => heard++);

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

    [Theory]
    [InlineData(HookType.WorkflowComplete, "Workflow 'workflow_complete' completed in 0.0ms")]
    [InlineData(HookType.AgentOperationComplete, "Agent operation completed: unknown - agent_operation_complete (Duration: 0.0ms)")]
    [InlineData(HookType.IssueResolved, "Issue resolved: unknown")]
    [InlineData(HookType.IssueError, "Error: unknown")]
    [InlineData(HookType.ProjectMilestone, "Project milestone reached: unknown")]
    [InlineData(HookType.KnowledgeCapture, "Knowledge captured: general")]
    [InlineData(HookType.PatternDetection, "Pattern detected: unknown")]
    [InlineData(HookType.DecisionPoint, "Decision point: unknown")]
    public async Task Event_WithNothingButItsType_HasALine(HookType type, string line)
    {
        Assert.True(await _harness.Hooks.PublishAsync(new() { Type = type }, Token));

        Assert.Equal(line, _harness.Single().Content);
    }

    [Theory]
    [InlineData(TriggerOutcome.Success)]
    [InlineData(TriggerOutcome.Failure)]
    [InlineData(TriggerOutcome.Canceled)]
    [InlineData(TriggerOutcome.Abandoned)]
    public async Task Event_WithAnOutcome_IsRememberedWithItAndItsException(TriggerOutcome outcome)
    {
        await _harness.Hooks.PublishAsync(new() { Type = HookType.WorkflowComplete, Outcome = outcome, Exception = Thrown() }, Token);

        var entry = _harness.Single();
        Assert.Equal(outcome, entry.Outcome);
        Assert.True(entry.Value.TryGetProperty(outcome == TriggerOutcome.Success ? "handled" : "exception", out _));
    }

    [Fact]
    public void Event_WithoutAnOutcome_DerivesItFromExceptionAndSolution()
    {
        Assert.Equal(TriggerOutcome.Success, new HookEvent { Type = HookType.DecisionPoint }.Outcome);
        Assert.Equal(TriggerOutcome.Failure, new HookEvent { Type = HookType.IssueError }.Outcome);
        Assert.Equal(TriggerOutcome.Failure, new HookEvent { Type = HookType.WorkflowComplete, Exception = Thrown() }.Outcome);
        Assert.Equal(TriggerOutcome.Canceled, new HookEvent { Type = HookType.WorkflowError, Exception = new OperationCanceledException() }.Outcome);
        Assert.Equal(TriggerOutcome.Success, new HookEvent { Type = HookType.ErrorResolution, Exception = Thrown(), Solution = "retried" }.Outcome);
        Assert.Equal(
            [HookType.WorkflowError, HookType.AgentOperationError, HookType.IssueError, HookType.ErrorResolution],
            HookTypes.All.Where(static type => new HookEvent { Type = type }.IsError));
    }

    [Fact]
    public void Type_ThatIsNotDefined_IsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(static () => new HookEvent { Type = (HookType)14 });
        Assert.Throws<ArgumentOutOfRangeException>(static () => new HookEvent { Type = HookType.DecisionPoint, Outcome = (TriggerOutcome)4 });
        Assert.Throws<ArgumentOutOfRangeException>(() => _harness.Hooks.On(static _ => { }, HookType.DecisionPoint, (HookType)(-1)));
    }

    private ValueTask<bool> TellAsync(HookType type) => type switch
    {
        HookType.WorkflowComplete => _harness.Hooks.OnWorkflowCompletedAsync("push", TimeSpan.FromMilliseconds(12.5), "deploy", "3\ncommits", Token),
        HookType.AgentOperationComplete => _harness.Hooks.OnAgentOperationCompletedAsync("qa", "check", TimeSpan.FromMilliseconds(12.5), new { passed = 42 }, Token),
        HookType.IssueResolved => _harness.Hooks.OnIssueResolvedAsync("ISS-042", "freed the buffers", Token),
        HookType.ProjectMilestone => _harness.Hooks.OnProjectMilestoneAsync("1.0", "all of it", Token),
        HookType.PatternDetection => _harness.Hooks.OnPatternDetectedAsync("retry_storm", "three at once", Token),
        HookType.DecisionPoint => _harness.Hooks.OnDecisionPointAsync("PostgreSQL", "many machines", Token),
        _ => _harness.Hooks.PublishAsync(Event(type), Token),
    };

    private static HookEvent Event(HookType type) => type switch
    {
        HookType.WorkflowStart => new() { Type = type, Operation = "push", Subject = "deploy" },
        HookType.WorkflowError => new() { Type = type, Operation = "push", Exception = Thrown(), Solution = "retried" },
        HookType.AgentOperationStart => new() { Type = type, Subject = "qa" },
        HookType.AgentOperationError => new() { Type = type, Operation = "check", ErrorType = "timeout", ErrorMessage = "no answer" },
        HookType.IssueCreated => new() { Type = type, Subject = "ISS-042" },
        HookType.IssueError => new() { Type = type, Subject = "ISS-042", ErrorType = "merge_conflict", ErrorMessage = "two branches" },
        HookType.ErrorResolution => new() { Type = type, ErrorMessage = "it broke" },
        HookType.KnowledgeCapture => new() { Type = type, Detail = "cache it" },
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
