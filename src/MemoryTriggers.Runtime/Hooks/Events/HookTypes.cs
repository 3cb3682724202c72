using MemoryTriggers.Capture;

namespace MemoryTriggers.Hooks;

/// <summary>Each hook's name, and the trigger that makes a memory of it; a start, or a new issue, makes none.</summary>
internal static class HookTypes
{
    public static readonly HookType[] All = Enum.GetValues<HookType>();

    private static readonly (string Name, TriggerDescriptor? Trigger)[] Rows =
    [
        ("workflow_start", null),
        Row("workflow_complete", TriggerType.WorkflowCompletion),
        Row("workflow_error", TriggerType.ErrorResolution),
        ("agent_operation_start", null),
        Row("agent_operation_complete", TriggerType.AgentOperation),
        Row("agent_operation_error", TriggerType.ErrorResolution),
        ("issue_created", null),
        Row("issue_resolved", TriggerType.IssueResolution),
        Row("issue_error", TriggerType.ErrorResolution),
        Row("project_milestone", TriggerType.ProjectMilestone),
        Row("error_resolution", TriggerType.ErrorResolution),
        Row("knowledge_capture", TriggerType.KnowledgeCapture),
        Row("pattern_detection", TriggerType.PatternDetection),
        Row("decision_point", TriggerType.DecisionPoint),
    ];

    public static string Name(HookType type) => Rows[(int)type].Name;

    /// <summary>The name of what happened: what is reported as complete and has failed is an error, as for methods and scopes.</summary>
    public static string Name(HookType type, TriggerOutcome outcome) =>
        outcome.IsError() && !IsError(type) && Trigger(type) is { } trigger
            ? TriggerDefaults.HookType(trigger.Definition.Type, isFailed: true)
            : Name(type);

    public static TriggerDescriptor? Trigger(HookType type) => Rows[(int)type].Trigger;

    public static bool IsError(HookType type) =>
        type is HookType.WorkflowError or HookType.AgentOperationError or HookType.IssueError or HookType.ErrorResolution;

    private static (string Name, TriggerDescriptor? Trigger) Row(string name, TriggerType type) =>
        (name, TriggerHub.Describe(new TriggerDefinition { Type = type, Operation = name, Source = HookEvent.DefaultSource }));
}
