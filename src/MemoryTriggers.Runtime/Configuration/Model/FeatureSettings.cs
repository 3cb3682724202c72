using MemoryTriggers.Validation;

namespace MemoryTriggers.Configuration;

/// <summary>The section <c>features</c>: what is on. Immutable. Takes effect on the next call.</summary>
internal sealed record FeatureSettings
{
    /// <summary>Triggers of workflows. <value>true</value></summary>
    [Setting("Triggers of the type workflow_completion.")]
    public bool WorkflowTriggers { get; init; } = true;

    /// <summary>Triggers of agents. <value>true</value></summary>
    [Setting("Triggers of the type agent_operation.")]
    public bool AgentTriggers { get; init; } = true;

    /// <summary>Triggers of errors. <value>true</value></summary>
    [Setting("Triggers of the type error_resolution.")]
    public bool ErrorTriggers { get; init; } = true;

    /// <summary>Triggers of patterns, and the marking of memories that resemble others. <value>true</value></summary>
    [Setting("Triggers of the type pattern_detection, and `pattern_detection_enabled` of trigger policies.")]
    public bool PatternDetection { get; init; } = true;

    /// <summary>Recall of what is known about an error, and recall by policies. <value>Errors are not, policies are</value></summary>
    [Setting(
        "Brings what is known about an error when it comes again (as at the start), and carries out the actions `recall_memory` of " +
        "policies. Not set: only the latter.")]
    public bool? AutoRecall { get; init; }

    /// <summary>The look at quality scores. <value>true</value></summary>
    [Setting("Whether `performance.min_memory_quality_score` counts at all.")]
    public bool QualityAssessment { get; init; } = true;

    /// <summary>Always true: memories go to the store in the background. <value>true</value></summary>
    [Setting("As `performance.background_processing_enabled`: `false` is refused.")]
    public bool BackgroundProcessing { get; init; } = true;

    /// <summary>Whether changes of the configuration take effect while the program runs. <value>true</value></summary>
    [Setting("Changes take effect while the program runs; `auto_reload` must be on as well.")]
    public bool HotReloading { get; init; } = true;
}
