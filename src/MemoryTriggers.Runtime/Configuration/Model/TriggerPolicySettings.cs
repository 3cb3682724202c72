using System.ComponentModel.DataAnnotations;
using MemoryTriggers.Validation;

namespace MemoryTriggers.Configuration;

/// <summary>One of <c>trigger_policies</c>: which memories of a type are kept. Immutable.</summary>
internal sealed record TriggerPolicySettings
{
    /// <summary>Whether memories that it is for are kept. <value>true</value></summary>
    [Setting(
        "`false`: what it is for is not kept. When that is all policies of a type, its triggers are off from the next call on.",
        IsRequired = true)]
    public bool Enabled { get; init; } = true;

    /// <summary>The type of trigger that it is for. <value><c>workflow</c></value></summary>
    [Setting(
        "Which triggers it is for: `workflow` = workflow_completion, `agent` = agent_operation, `task` = issue_resolution, `error` = " +
        "error_resolution, `success` = project_milestone, `pattern` = pattern_detection, `context` = knowledge_capture, `lifecycle` = " +
        "decision_point.",
        IsRequired = true)]
    [AllowedValues("workflow", "agent", "task", "error", "success", "pattern", "context", "lifecycle")]
    public string TriggerType { get; init; } = "workflow";

    /// <summary>From which score on an operation counts as a success, 0 to 1. <value>0.8</value></summary>
    [Setting(
        "From which score on it counts as a success. The score is the field `success_score` of what was captured; else 1 for what " +
        "succeeded, 0 for what did not.")]
    [Range(0.0, 1.0)]
    public double SuccessThreshold { get; init; } = 0.8;

    /// <summary>Up to which score an operation counts as a failure, 0 to 1. <value>0.3</value></summary>
    [Setting("Up to which score it counts as a failure. What lies between the two is kept.")]
    [Range(0.0, 1.0)]
    public double FailureThreshold { get; init; } = 0.3;

    /// <summary>Whether successes are kept. <value>true</value></summary>
    [Setting("Keeps what counts as a success.")]
    public bool CreateOnSuccess { get; init; } = true;

    /// <summary>Whether failures without an exception are kept. <value>true</value></summary>
    [Setting("Keeps what counts as a failure.")]
    public bool CreateOnFailure { get; init; } = true;

    /// <summary>Whether memories of errors are kept. <value>true</value></summary>
    [Setting("Keeps what is about an error: it has an exception, or is of the type `error`. Asked before the other two.")]
    public bool CreateOnError { get; init; } = true;

    /// <summary>Whether memories that resemble earlier ones are marked. <value>true</value></summary>
    [Setting("Marks a memory that resembles one of the last 32 it decided on with the tag `pattern`.")]
    public bool PatternDetectionEnabled { get; init; } = true;

    /// <summary>How much they must resemble each other, 0 to 1. <value>0.7</value></summary>
    [Setting("How much: the share of words that the two lines have in common.")]
    [Range(0.0, 1.0)]
    public double PatternSimilarityThreshold { get; init; } = 0.7;

    /// <summary>How many characters a line must have, 0 to 100,000. <value>10</value></summary>
    [Setting("Denies memories whose line has fewer characters.")]
    [Range(0, 100_000)]
    public int MinContextLength { get; init; } = 10;

    /// <summary>To how many characters a line is cut, 1 to 1,000,000. <value>10,000</value></summary>
    [Setting("Cuts longer lines.")]
    [Range(1, 1_000_000)]
    public int MaxContextLength { get; init; } = 10_000;

    /// <summary>What must have been captured. <value>None</value></summary>
    [Setting("Fields, as in policies, that a memory must have; it is denied otherwise.")]
    public IReadOnlyList<string> ContextRequiredFields { get; init; } = [];

    /// <summary>Whether <see cref="PerformanceSettings.MinMemoryQualityScore"/> counts. <value>true</value></summary>
    [Setting("Whether `performance.min_memory_quality_score` counts here.")]
    public bool RequireQualityValidation { get; init; } = true;

    /// <summary>Memories that are less sure are not kept, 0 to 1. <value>0.6</value></summary>
    [Setting("Denies memories whose captured field `confidence` is lower. One without it passes.")]
    [Range(0.0, 1.0)]
    public double MinTriggerConfidence { get; init; } = 0.6;

    /// <summary>How many memories a minute are stored, 1 to 10,000. <value>60</value></summary>
    [Setting("Memories a minute; more are held on disk and come later, as with the rate limits of policies.")]
    [Range(1, 10_000)]
    public int MaxTriggersPerMinute { get; init; } = 60;

    /// <summary>For how long the same is not stored again, 0 to 86,400 s. <value>30 s</value></summary>
    [Setting(
        "Seconds in which the same is not stored again: the same operation, project and outcome, with the same line but for its numbers. " +
        "0 stores all.")]
    [Range(0, 86_400)]
    public int CooldownPeriodSeconds { get; init; } = 30;

    /// <summary>Only memories of this agent. <value>All</value></summary>
    [Setting("Restricts it to memories of this agent: its name, or `<name>_agent` as the source.")]
    public string? AgentName { get; init; }

    /// <summary>Only memories in whose line one of these texts stands. <value>All</value></summary>
    [Setting("Restricts it to memories with one of these texts in their line or key; case does not matter.")]
    public IReadOnlyList<string> AgentTriggerPatterns { get; init; } = [];
}
