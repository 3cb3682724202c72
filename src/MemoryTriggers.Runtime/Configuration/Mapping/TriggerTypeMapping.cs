namespace MemoryTriggers.Configuration;

/// <summary>Which types of trigger capture, and what of them: from the switches of several sections to one answer for each type.</summary>
internal static class TriggerTypeMapping
{
    private static readonly Dictionary<string, TriggerType> Types = new(StringComparer.Ordinal)
    {
        ["workflow"] = TriggerType.WorkflowCompletion, ["agent"] = TriggerType.AgentOperation, ["task"] = TriggerType.IssueResolution,
        ["error"] = TriggerType.ErrorResolution, ["success"] = TriggerType.ProjectMilestone, ["pattern"] = TriggerType.PatternDetection,
        ["context"] = TriggerType.KnowledgeCapture, ["lifecycle"] = TriggerType.DecisionPoint,
    };

    /// <summary>The type of trigger that a trigger policy is for.</summary>
    public static TriggerType Of(TriggerPolicySettings policy) => Types[policy.TriggerType];

    /// <summary>What the section <c>types</c> says of a type.</summary>
    public static TriggerTypeOptions Settings(ConfigurationSnapshot configuration, TriggerType type) =>
        configuration.Types.GetValueOrDefault(type.Name()) ?? new TriggerTypeOptions();

    /// <summary>Whether nothing switches the type off.</summary>
    public static bool IsOn(ConfigurationSnapshot configuration, TriggerType type) =>
        configuration.GlobalEnabled && Settings(configuration, type).Enabled && HasFeature(configuration.Features, type) &&
        !IsOffByPolicies(configuration, type);

    private static bool HasFeature(FeatureSettings features, TriggerType type) => type switch
    {
        TriggerType.WorkflowCompletion => features.WorkflowTriggers,
        TriggerType.AgentOperation => features.AgentTriggers,
        TriggerType.ErrorResolution => features.ErrorTriggers,
        TriggerType.PatternDetection => features.PatternDetection,
        _ => true,
    };

    // A policy for some memories of a type only cannot switch off all of them.
    private static bool IsOffByPolicies(ConfigurationSnapshot configuration, TriggerType type)
    {
        List<TriggerPolicySettings> policies = [.. configuration.TriggerPolicies.Values.Where(policy => Of(policy) == type)];
        return policies.Count > 0 && policies.TrueForAll(static policy => !policy.Enabled) &&
            policies.Exists(static policy => policy is { AgentName: null, AgentTriggerPatterns.Count: 0 });
    }
}
