namespace MemoryTriggers.Policies;

/// <summary>The policies that each type of trigger has when a program turns policies on and says no more.</summary>
internal static class PolicyDefaults
{
    /// <summary>One for each type.</summary>
    public static IReadOnlyList<TriggerPolicy> All { get; } =
    [
        new TriggerPolicy
        {
            Type = TriggerType.WorkflowCompletion, RateLimits = Limits(("per_project_per_hour", 10), ("per_workflow_per_hour", 3)),
            BatchSize = 5, BatchTimeout = TimeSpan.FromSeconds(30),
            Rules =
            [
                Rule("successful_workflow", "metadata:success=true", PolicyVerdict.Allow, 100),
                Rule("failed_workflow", "metadata:success=false", PolicyVerdict.Modify, 50) with
                {
                    Parameters = new Dictionary<string, string> { ["modified_priority"] = "low" },
                },
            ],
        },
        new TriggerPolicy
        {
            Type = TriggerType.IssueResolution, RateLimits = Limits(("per_project_per_hour", 15), ("per_issue_per_day", 1)),
            Rules = [Rule("critical_issue", "priority:critical", PolicyVerdict.Allow, 200),
                Rule("low_priority_issue", "priority:low", PolicyVerdict.Batch, 10)],
        },
        new TriggerPolicy
        {
            Type = TriggerType.AgentOperation, RateLimits = Limits(("per_agent_per_hour", 20), ("per_project_per_hour", 50)),
            BatchSize = 10, BatchTimeout = TimeSpan.FromSeconds(60),
            Rules = [Rule("qa_operations", "source:qa_agent", PolicyVerdict.Allow, 150),
                Rule("documentation_operations", "source:documentation_agent", PolicyVerdict.Batch, 75)],
        },
        new TriggerPolicy
        {
            Type = TriggerType.ErrorResolution, RateLimits = Limits(("per_error_type_per_hour", 5), ("per_project_per_hour", 20)),
            Rules = [Rule("error_resolution", "type:error_resolution", PolicyVerdict.Allow, 300)],
        },
        new TriggerPolicy
        {
            Type = TriggerType.ProjectMilestone, RateLimits = Limits(("per_project_per_day", 5)),
            Rules = [Rule("project_milestone", "type:project_milestone", PolicyVerdict.Allow, 250)],
        },
        new TriggerPolicy
        {
            Type = TriggerType.KnowledgeCapture, DefaultDecision = PolicyVerdict.Batch,
            RateLimits = Limits(("per_project_per_hour", 100)), BatchSize = 20, BatchTimeout = TimeSpan.FromSeconds(120),
            Rules = [Rule("important_knowledge", "priority:high", PolicyVerdict.Allow, 100)],
        },
        new TriggerPolicy
        {
            Type = TriggerType.PatternDetection,
            RateLimits = Limits(("per_pattern_per_hour", 10), ("per_project_per_hour", 30)),
        },
        new TriggerPolicy
        {
            Type = TriggerType.DecisionPoint, RateLimits = Limits(("per_project_per_hour", 25)),
            Rules = [Rule("critical_decision", "priority:critical", PolicyVerdict.Allow, 200)],
        },
    ];

    private static TriggerPolicyRule Rule(string name, string condition, PolicyVerdict decision, int priority) =>
        new() { Name = name, Condition = condition, Decision = decision, Priority = priority };

    private static Dictionary<string, int> Limits(params (string Name, int Count)[] limits) =>
        limits.ToDictionary(static limit => limit.Name, static limit => limit.Count);
}
