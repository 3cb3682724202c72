using System.ComponentModel.DataAnnotations;
using MemoryTriggers.Validation;

namespace MemoryTriggers.Configuration;

/// <summary>The section <c>lifecycle</c>: how long memories are kept, and in which form. Immutable.</summary>
internal sealed record LifecycleSettings
{
    /// <summary>How long a memory is kept, 1 to 3,650 days. <value>90</value></summary>
    [Setting(
        "Days that a memory is kept, since it was made, changed or repeated. Where several periods apply, the longest counts.",
        NeedsRestart = true)]
    [Range(1, 3_650)]
    public int DefaultRetentionDays { get; init; } = 90;

    /// <summary>How long a critical or high one is kept, 1 to 3,650 days. <value>365</value></summary>
    [Setting("Days that a memory of the priority high or critical is kept.", NeedsRestart = true)]
    [Range(1, 3_650)]
    public int ImportantMemoryRetentionDays { get; init; } = 365;

    /// <summary>How long one about an error is kept, 1 to 365 days. <value>30</value></summary>
    [Setting("Days that a memory of the category `error` is kept.", NeedsRestart = true)]
    [Range(1, 365)]
    public int ErrorMemoryRetentionDays { get; init; } = 30;

    /// <summary>How long one of a workflow is kept, 1 to 3,650 days. <value>180</value></summary>
    [Setting("Days that a memory of a workflow (category `pattern`) is kept.", NeedsRestart = true)]
    [Range(1, 3_650)]
    public int WorkflowMemoryRetentionDays { get; init; } = 180;

    /// <summary>How many are removed at a time, 1 to 10,000. <value>100</value></summary>
    [Setting("Memories that are removed at a time, 1,000 at most.", NeedsRestart = true)]
    [Range(1, 10_000)]
    public int CleanupBatchSize { get; init; } = 100;

    /// <summary>Whether poor memories are removed earlier. <value>true</value></summary>
    [Setting("Removes memories of poor quality after 30 days, whatever else applies.", NeedsRestart = true)]
    public bool QualityBasedCleanup { get; init; } = true;

    /// <summary>Which ones are poor, 0 to 1. <value>0.4</value></summary>
    [Setting("The `quality_score` below which that happens. Unrated memories stay.", NeedsRestart = true)]
    [Range(0.0, 1.0)]
    public double MinQualityForRetention { get; init; } = 0.4;

    /// <summary>Whether old memories go to an archive. <value>false</value></summary>
    [Setting(
        "Writes what is removed into compressed files of JSON Lines first, one a month, under `archive` in the data folder; they can be " +
        "imported again.",
        NeedsRestart = true)]
    public bool ArchivalEnabled { get; init; }

    /// <summary>After how long, 1 to 3,650 days. <value>365</value></summary>
    [Setting("Days after which a memory goes to the archive, where it would be kept longer.", NeedsRestart = true)]
    [Range(1, 3_650)]
    public int ArchiveAfterDays { get; init; } = 365;

    /// <summary>The name of the archive. <value>None</value></summary>
    [Setting("The name of the folder there.", NeedsRestart = true)]
    public string? ArchiveBackend { get; init; }

    /// <summary>Whether memories are moved to the archive by a schedule. <value>false</value></summary>
    [Setting("Removes and archives by `migration_schedule` instead of `cleanup_interval_hours`.", NeedsRestart = true)]
    public bool MigrationEnabled { get; init; }

    /// <summary>When, as a cron expression. <value>None</value></summary>
    [Setting(
        "When, in UTC: a cron expression of five fields, with names such as MON, or a macro such as `@daily`; looked at once an hour.",
        NeedsRestart = true, Form = "cron")]
    public string? MigrationSchedule { get; init; }

    /// <summary>Whether old memories are compressed. <value>false</value></summary>
    [Setting("Compresses what was captured of old memories; lines, keys and tags stay as they are.", NeedsRestart = true)]
    public bool CompressionEnabled { get; init; }

    /// <summary>After how long, 0 to 365 days. <value>7</value></summary>
    [Setting("Days after which that happens, with the cleanup; 0: when it is stored.", NeedsRestart = true)]
    [Range(0, 365)]
    public int CompressionAfterDays { get; init; } = 7;
}
