namespace MemoryTriggers.Capture;

/// <summary>The defaults of a trigger: priority, category, source and tags of each type.</summary>
internal static class TriggerDefaults
{
    private sealed record Row(TriggerPriority Priority, string Category, string EntityType, string Tag, string HookType,
        string ScopeSource);

    private static readonly Row[] Rows =
    [
        new(TriggerPriority.High, MemoryCategories.Pattern, "workflow", "workflow", "workflow_complete", "workflow"),
        new(TriggerPriority.High, MemoryCategories.Project, "issue", "issue_resolution", "issue_resolved", "issue_tracker"),
        new(TriggerPriority.Medium, MemoryCategories.Pattern, "agent", "agent_operation", "agent_operation_complete", "agent"),
        new(TriggerPriority.Critical, MemoryCategories.Error, "error", "error_resolution", "error_resolution", "error_handler"),
        new(TriggerPriority.High, MemoryCategories.Project, "milestone", "project_milestone", "project_milestone", "project"),
        new(TriggerPriority.Medium, MemoryCategories.Pattern, "knowledge", "knowledge_capture", "knowledge_capture", "knowledge"),
        new(TriggerPriority.Medium, MemoryCategories.Pattern, "pattern", "pattern_detection", "pattern_detection", "pattern"),
        new(TriggerPriority.High, MemoryCategories.Project, "decision", "decision_point", "decision_point", "decision"),
    ];

    public static TriggerPriority Priority(TriggerType type) => Rows[(int)type].Priority;

    public static string Category(TriggerType type) => Rows[(int)type].Category;

    public static string EntityType(TriggerType type) => Rows[(int)type].EntityType;

    public static string Tag(TriggerType type) => Rows[(int)type].Tag;

    /// <summary>The name of what happened: an operation that failed did not complete, and an issue was not resolved.</summary>
    public static string HookType(TriggerType type, bool isFailed) => (type, isFailed) switch
    {
        (TriggerType.WorkflowCompletion, true) => "workflow_error",
        (TriggerType.AgentOperation, true) => "agent_operation_error",
        (TriggerType.IssueResolution, true) => "issue_error",
        _ => Rows[(int)type].HookType,
    };

    public static string ScopeSource(TriggerType type, string? subject) =>
        type == TriggerType.AgentOperation ? AgentSource(subject) : Rows[(int)type].ScopeSource;

    public static string MethodSource(TriggerDefinition definition) => definition switch
    {
        { IsCommandLine: true } => "cli",
        { Type: TriggerType.AgentOperation } => AgentSource(definition.Subject),
        { DeclaringType: { } type } => $"{type}.{definition.Operation}",
        _ => definition.Operation,
    };

    private static string AgentSource(string? agentType) => agentType is { Length: > 0 } ? $"{agentType}_agent" : "agent";
}
