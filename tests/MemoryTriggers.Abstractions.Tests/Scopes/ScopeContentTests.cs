using MemoryTriggers.TestKit;

namespace MemoryTriggers.Scopes;

public sealed class ScopeContentTests : IDisposable
{
    private readonly RecordingSink _sink = new();

    public void Dispose() => _sink.Dispose();

    public static TheoryData<TriggerType, TriggerPriority, string, string, string> Defaults => new()
    {
        { TriggerType.WorkflowCompletion, TriggerPriority.High, "pattern", "workflow", "workflow" },
        { TriggerType.AgentOperation, TriggerPriority.Medium, "pattern", "s_agent", "agent_operation" },
        { TriggerType.IssueResolution, TriggerPriority.High, "project", "issue_tracker", "issue_resolution" },
        { TriggerType.ErrorResolution, TriggerPriority.Critical, "error", "error_handler", "error_resolution" },
        { TriggerType.ProjectMilestone, TriggerPriority.High, "project", "project", "project_milestone" },
        { TriggerType.KnowledgeCapture, TriggerPriority.Medium, "pattern", "knowledge", "knowledge_capture" },
        { TriggerType.PatternDetection, TriggerPriority.Medium, "pattern", "pattern", "pattern_detection" },
        { TriggerType.DecisionPoint, TriggerPriority.High, "project", "decision", "decision_point" },
    };

    [Theory]
    [MemberData(nameof(Defaults))]
    public void Scope_OfEachType_HasItsDefaults(TriggerType type, TriggerPriority priority, string category, string source, string tag)
    {
        using (Open(type))
        {
        }

        var entry = Assert.Single(_sink.Entries);
        Assert.Equal(type, entry.TriggerType);
        Assert.Equal(priority, entry.Priority);
        Assert.Equal(priority, _sink.Records[0].Lane);
        Assert.Equal(category, entry.Category);
        Assert.Equal(source, entry.Source);
        Assert.Equal("s", entry.EntityId);
        Assert.Contains(tag, entry.Tags);
        Assert.Contains("s", entry.Tags);
        Assert.Contains("op", entry.Tags);
        Assert.Equal(entry.Tags.Count, entry.Tags.Distinct().Count());
    }

    [Fact]
    public void AddMetadataAndTags_AreRemembered()
    {
        using (var scope = TriggerScope.Workflow("deploy", project: "shop", priority: TriggerPriority.Low))
        {
            scope.AddMetadata("environment", "production").AddMetadata("replicas", 3).AddTags("production", "", "production");
        }

        var entry = Assert.Single(_sink.Entries);
        Assert.Equal("shop", entry.Project);
        Assert.Equal(TriggerPriority.Low, entry.Priority);
        Assert.Equal("production", entry.Value.GetProperty("metadata").GetProperty("environment").GetString());
        Assert.Equal(3, entry.Value.GetProperty("metadata").GetProperty("replicas").GetInt32());
        Assert.Single(entry.Tags, static tag => tag == "production");
    }

    [Fact]
    public void AddMetadata_UnderSecretName_IsNotCaptured()
    {
        using (var scope = TriggerScope.Workflow("deploy")) scope.AddMetadata("api_key", "canary-1234");

        Assert.DoesNotContain("canary-1234", _sink.Entries[0].Value.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nested_InnerKnowsParentTraceAndProject()
    {
        await using (TriggerScope.Workflow("outer", project: "shop"))
        {
            await Task.Run(static async () =>
            {
                await using var inner = TriggerScope.Agent("inner", agentType: "qa");
                await Task.Yield();
            }, TestContext.Current.CancellationToken);
        }

        var outer = _sink.Entries.Single(static entry => entry.Key == "outer");
        var inner = _sink.Entries.Single(static entry => entry.Key == "inner");
        Assert.Null(outer.ParentId);
        Assert.Equal(outer.Id, inner.ParentId);
        Assert.Equal(outer.TraceId, inner.TraceId);
        Assert.Equal("shop", inner.Project);
    }

    [Fact]
    public async Task Siblings_ShareTheParent()
    {
        await using (TriggerScope.Workflow("outer"))
        {
            await Task.WhenAll(Sibling("a"), Sibling("b"));
        }

        var outer = _sink.Entries.Single(static entry => entry.Key == "outer");
        Assert.All(_sink.Entries.Where(static entry => entry.Key != "outer"), entry => Assert.Equal(outer.Id, entry.ParentId));

        static async Task Sibling(string name)
        {
            await using var scope = TriggerScope.Agent(name, agentType: "qa");
            await Task.Yield();
        }
    }

    [Fact]
    public void Dispose_RestoresTheScopeAround()
    {
        using var outer = TriggerScope.Workflow("outer");

        using (TriggerScope.Workflow("inner")) Assert.NotSame(outer, TriggerScope.Current);

        Assert.Same(outer, TriggerScope.Current);
    }

    [Fact]
    public void Dispose_Twice_IsRememberedOnce()
    {
        var scope = TriggerScope.Workflow("deploy");

        scope.Dispose();
        scope.Dispose();
        scope.AddTags("late").SetResult(1);

        Assert.Single(_sink.Records);
        Assert.DoesNotContain("late", _sink.Entries[0].Tags);
    }

    [Fact]
    public void SuppressCapture_RemembersNothingInside()
    {
        using (TriggerHub.SuppressCapture())
        {
            using var scope = TriggerScope.Workflow("inside");
        }

        using (TriggerScope.Workflow("after"))
        {
        }

        Assert.Equal("after", Assert.Single(_sink.Entries).Key);
    }

    [Fact]
    public void Open_WithoutRuntime_GivesTheSameInertScope()
    {
        _sink.Dispose();

        using var first = TriggerScope.Workflow("a");
        using var second = TriggerScope.Agent("b");

        Assert.Same(first, second);
        Assert.Null(TriggerScope.Current);
    }

    [Fact]
    public void Open_EmptyOperation_Throws() => Assert.Throws<ArgumentException>(static () => TriggerScope.Workflow(""));

    private static TriggerScope Open(TriggerType type) => type switch
    {
        TriggerType.WorkflowCompletion => TriggerScope.Workflow("op", workflowType: "s"),
        TriggerType.AgentOperation => TriggerScope.Agent("op", agentType: "s"),
        TriggerType.IssueResolution => TriggerScope.Issue("op", issueId: "s"),
        TriggerType.ErrorResolution => TriggerScope.Error("op", errorType: "s"),
        TriggerType.ProjectMilestone => TriggerScope.Milestone("op", milestone: "s"),
        TriggerType.KnowledgeCapture => TriggerScope.Knowledge("op", knowledgeType: "s"),
        TriggerType.PatternDetection => TriggerScope.Pattern("op", patternType: "s"),
        _ => TriggerScope.Decision("op", decisionType: "s"),
    };
}
