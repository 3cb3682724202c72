namespace MemoryTriggers.Documents.Examples;

/// <summary>The decorated methods of the documents.</summary>
internal sealed class DecoratedProgram
{
    [WorkflowMemoryTrigger(Project = "my-project", WorkflowType = "push", Priority = TriggerPriority.High, CaptureResult = true)]
    public async Task<Dictionary<string, string>> ExecutePushWorkflowAsync()
    {
        await Task.Yield();
        return new() { ["status"] = "success" };
    }

    [AgentMemoryTrigger(AgentType = "qa", Project = "my-project", Priority = TriggerPriority.Medium, CaptureResult = true)]
    public async Task<int> RunQaValidationAsync()
    {
        await Task.Yield();
        return 42;
    }

    [IssueMemoryTrigger(IssueId = "ISS-001", Project = "my-project", Priority = TriggerPriority.High)]
    public Task ResolveIssueAsync() => Task.CompletedTask;

    [ErrorMemoryTrigger(ErrorType = "database_error", Project = "my-project", Priority = TriggerPriority.Critical)]
    public Task HandleDatabaseErrorAsync() => Task.CompletedTask;

    [KnowledgeMemoryTrigger(KnowledgeType = "best_practices", Project = "my-project", Priority = TriggerPriority.Medium)]
    public Task CaptureBestPracticesAsync() => Task.CompletedTask;

    [DecisionMemoryTrigger(DecisionType = "architecture", Project = "my-project", Priority = TriggerPriority.High)]
    public Task MakeArchitectureDecisionAsync() => Task.CompletedTask;

    [MilestoneMemoryTrigger(Milestone = "1.0", Project = "my-project")]
    public Task ReleaseAsync() => Task.CompletedTask;

    [PatternMemoryTrigger(PatternType = "retry_storm", Project = "my-project")]
    public Task DetectAsync() => Task.CompletedTask;

    [CliMemoryTrigger(OperationType = "workflow", Project = "my-project", CaptureResult = true)]
    public async Task<(bool Success, string Branch)> PushCommandAsync(string branch)
    {
        await Task.Yield();
        return (true, branch);
    }

    [WorkflowMemoryTrigger(Project = "my-project", WorkflowType = "process")]
    public int ProcessData(IReadOnlyCollection<int> data) => data.Count;
}
