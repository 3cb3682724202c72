using MemoryTriggers.TestKit;

namespace MemoryTriggers.Policies;

/// <summary>The short notation and the policies by type.</summary>
public sealed class TriggerPolicyTests
{
    [Theory]
    [InlineData("type:workflow_completion", true)]
    [InlineData("type:agent_operation", false)]
    [InlineData("priority:medium", true)]
    [InlineData("priority:high", false)]
    [InlineData("project:shop", true)]
    [InlineData("project:SH*", true)]
    [InlineData("project:sh", false)]
    [InlineData("project:[rst]hop", true)]
    [InlineData("project:[!s]hop", false)]
    [InlineData("source:qa_agent", true)]
    [InlineData("source:QA_?gent", true)]
    [InlineData("content:NIGHTLY", true)]
    [InlineData("content:weekly", false)]
    [InlineData("tag:production", true)]
    [InlineData("tag:prod*", true)]
    [InlineData("tag:prod", false)]
    [InlineData("metadata:success=true", true)]
    [InlineData("metadata:success=false", false)]
    [InlineData("metadata:Flag=true", true)]
    [InlineData("metadata:Flag=True", true)]
    [InlineData("metadata:flag=true", false)]
    [InlineData("metadata:count=3", true)]
    [InlineData("metadata:Flag", true)]
    [InlineData("metadata:absent", false)]
    [InlineData("all", true)]
    [InlineData("always", true)]
    public void Condition_OfTheShortNotation_HoldsAsDocumented(string condition, bool expected)
    {
        var policies = Policy($"rules: [{{name: n, condition: '{condition}', decision: batch}}]");

        var decision = policies.Evaluate("""{"metadata":{"Flag":true,"count":3}}""");

        Assert.Equal(expected ? PolicyVerdict.Batch : PolicyVerdict.Allow, decision.Verdict);
    }

    [Fact]
    public void Rules_SeveralThatMatch_TheOneOfGreatestPriorityDecides()
    {
        var decision = Policy("rules: [{name: low, condition: all, decision: deny, priority: 1}, {name: high, condition: all, decision: defer, priority: 2}]").Evaluate();

        Assert.Equal(PolicyVerdict.Defer, decision.Verdict);
        Assert.Equal("workflow_completion/high", Assert.Single(decision.Reasons).Rule);
    }

    [Fact]
    public void Modify_WithAPriority_ChangesTheMemory()
    {
        var decision = Policy("rules: [{name: n, condition: all, decision: modify, parameters: {modified_priority: low, modified_category: error, added_tag: late}}]").Evaluate();

        Assert.Equal((PolicyVerdict.Modify, TriggerPriority.Low, "error"), (decision.Verdict, decision.Entry.Priority, decision.Entry.Category));
        Assert.Contains("late", decision.Entry.Tags);
    }

    [Fact]
    public void Enabled_WhenFalse_Denies()
    {
        var decision = Policy("enabled: false").Evaluate();

        Assert.Equal(PolicyVerdict.Deny, decision.Verdict);
        Assert.Equal("Policy disabled", Assert.Single(decision.Reasons).Why);
    }

    [Fact]
    public void RateLimits_WhenExceeded_DeferWhatIsAbove()
    {
        var policies = Policy("rate_limits: {per_project_per_hour: 2}");

        Assert.Equal(PolicyVerdict.Allow, policies.Evaluate().Verdict);
        Assert.Equal(PolicyVerdict.Allow, policies.Evaluate().Verdict);
        var above = policies.Evaluate();

        Assert.Equal(PolicyVerdict.Defer, above.Verdict);
        Assert.Equal("Rate limit exceeded", Assert.Single(above.Reasons).Why);
        policies.Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(PolicyVerdict.Allow, policies.Evaluate().Verdict);
    }

    [Fact]
    public void RateLimits_PerErrorType_CountTheDeclaredType()
    {
        var policies = new PolicyHarness("""
            policies:
              error_resolution: {rate_limits: {per_error_type_per_hour: 1}}
            """);
        MemoryEntry Error(string? declared, string thrown, string key = "Load") => PolicyHarness.Entry(
            thrown.Length == 0 ? "{}" : $$"""{"exception":[{"type":"{{thrown}}","message":"m"}]}""", TriggerType.ErrorResolution) with
        {
            EntityId = declared, Key = key,
        };

        Assert.Equal(PolicyVerdict.Allow, policies.Engine.Evaluate(Error("db", "System.TimeoutException")).Verdict);
        Assert.Equal(PolicyVerdict.Allow, policies.Engine.Evaluate(Error("disk", "System.TimeoutException")).Verdict);
        Assert.Equal(PolicyVerdict.Defer, policies.Engine.Evaluate(Error("db", "System.IO.IOException")).Verdict);
        Assert.Equal(PolicyVerdict.Allow, policies.Engine.Evaluate(Error(null, "System.IO.IOException")).Verdict);
        Assert.Equal(PolicyVerdict.Defer, policies.Engine.Evaluate(Error(null, "System.IO.IOException")).Verdict);
        Assert.Equal(PolicyVerdict.Allow, policies.Engine.Evaluate(Error(null, "")).Verdict);
        Assert.Equal(PolicyVerdict.Allow, policies.Engine.Evaluate(Error(null, "", key: "Save")).Verdict);
        Assert.Equal(PolicyVerdict.Defer, policies.Engine.Evaluate(Error(null, "", key: "Save")).Verdict);
    }

    [Fact]
    public void RateLimits_OfADeniedMemory_AreNotUsedUp()
    {
        var policies = Policy("rate_limits: {per_project_per_hour: 1}\n    rules: [{name: n, condition: 'metadata:unwanted', decision: deny}]");

        Assert.Equal(PolicyVerdict.Deny, policies.Evaluate("""{"metadata":{"unwanted":1}}""").Verdict);
        Assert.Equal(PolicyVerdict.Allow, policies.Evaluate().Verdict);
    }

    [Fact]
    public void RateLimits_Several_AreCountedTogetherOrNotAtAll()
    {
        var policies = Policy("rate_limits: {per_project_per_hour: 2, per_workflow_per_hour: 1}");

        Assert.Equal(PolicyVerdict.Allow, Of("a").Verdict);
        Assert.Equal(PolicyVerdict.Defer, Of("a").Verdict);
        Assert.Equal(PolicyVerdict.Allow, Of("b").Verdict);
        Assert.Equal(PolicyVerdict.Defer, Of("c").Verdict);

        PolicyDecision Of(string workflow) => policies.Engine.Evaluate(PolicyHarness.Entry() with { Key = workflow });
    }

    [Fact]
    public void Evaluate_OfATypeWithoutPolicy_Allows()
    {
        var decision = Policy("enabled: false").Engine.Evaluate(PolicyHarness.Entry(type: TriggerType.DecisionPoint));

        Assert.Equal(PolicyVerdict.Allow, decision.Verdict);
    }

    [Theory]
    [InlineData(TriggerType.WorkflowCompletion, "high", "success", "", PolicyVerdict.Allow, "workflow_completion/successful_workflow")]
    [InlineData(TriggerType.WorkflowCompletion, "high", "failure", "", PolicyVerdict.Modify, "workflow_completion/failed_workflow")]
    [InlineData(TriggerType.IssueResolution, "critical", "success", "", PolicyVerdict.Allow, "issue_resolution/critical_issue")]
    [InlineData(TriggerType.IssueResolution, "low", "success", "", PolicyVerdict.Batch, "issue_resolution/low_priority_issue")]
    [InlineData(TriggerType.AgentOperation, "medium", "success", "qa_agent", PolicyVerdict.Allow, "agent_operation/qa_operations")]
    [InlineData(TriggerType.AgentOperation, "medium", "success", "documentation_agent", PolicyVerdict.Batch, "agent_operation/documentation_operations")]
    [InlineData(TriggerType.ErrorResolution, "critical", "failure", "", PolicyVerdict.Allow, "error_resolution/error_resolution")]
    [InlineData(TriggerType.ProjectMilestone, "high", "success", "", PolicyVerdict.Allow, "project_milestone/project_milestone")]
    [InlineData(TriggerType.KnowledgeCapture, "high", "success", "", PolicyVerdict.Allow, "knowledge_capture/important_knowledge")]
    [InlineData(TriggerType.KnowledgeCapture, "low", "success", "", PolicyVerdict.Batch, "knowledge_capture")]
    [InlineData(TriggerType.PatternDetection, "low", "success", "", PolicyVerdict.Allow, "pattern_detection")]
    [InlineData(TriggerType.DecisionPoint, "critical", "success", "", PolicyVerdict.Allow, "decision_point/critical_decision")]
    public void Defaults_OfEachType_DecideAsTheReference(TriggerType type, string priority, string outcome, string source, PolicyVerdict expected, string rule)
    {
        Assert.True(TriggerNames.TryParsePriority(priority, out var ofEntry));
        Assert.True(TriggerNames.TryParseOutcome(outcome, out var ended));
        var engine = new PolicyEngine(PolicySet.Compile([], PolicyDefaults.All), time: new ManualTimeProvider());

        var decision = engine.Evaluate(Any.Entry() with { TriggerType = type, Priority = ofEntry, Outcome = ended, Source = source });

        Assert.Equal((expected, rule), (decision.Verdict, decision.Reasons[0].Rule));
    }

    [Fact]
    public void Defaults_OfAllTypes_HaveTheLimitsAndBatchesOfTheReference()
    {
        var lines = PolicyDefaults.All.Select(static policy =>
            $"{policy.Type.Name()} {policy.DefaultDecision.Name()} {policy.BatchSize}/{policy.BatchTimeout.TotalSeconds} {string.Join(" ", policy.RateLimits.Select(static limit => $"{limit.Key}={limit.Value}"))}".TrimEnd());

        Assert.Equal(
        [
            "workflow_completion allow 5/30 per_project_per_hour=10 per_workflow_per_hour=3",
            "issue_resolution allow 10/60 per_project_per_hour=15 per_issue_per_day=1",
            "agent_operation allow 10/60 per_agent_per_hour=20 per_project_per_hour=50",
            "error_resolution allow 10/60 per_error_type_per_hour=5 per_project_per_hour=20",
            "project_milestone allow 10/60 per_project_per_day=5",
            "knowledge_capture batch 20/120 per_project_per_hour=100",
            "pattern_detection allow 10/60 per_pattern_per_hour=10 per_project_per_hour=30",
            "decision_point allow 10/60 per_project_per_hour=25",
        ], lines);
    }

    private static PolicyHarness Policy(string settings) => new($"policies:\n  workflow_completion:\n    {settings}\n");
}
