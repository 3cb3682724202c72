using System.ComponentModel.DataAnnotations;
using MemoryTriggers.Validation;

namespace MemoryTriggers;

/// <summary>How long memories are kept, and what becomes of them then.</summary>
/// <remarks>
/// A memory with a time of its own (<see cref="MemoryEntry.ExpiresAt"/>) goes at that time. The periods here count from when it was made or
/// last changed or repeated, whichever is latest; where several apply the longest counts, but for <see cref="LowQuality"/>. Periods are
/// from 1 hour to 100 years.
/// </remarks>
public sealed class RetentionOptions
{
    /// <summary>Whether memories without a time of their own go after the periods below. <value>false: they stay for ever</value></summary>
    [Setting(
        "Removes what was kept for its time. `false`: memories without a time of their own stay for ever.",
        Section = "lifecycle", Name = "auto_cleanup_enabled", NeedsRestart = true)]
    public bool Enabled { get; set; }

    /// <summary>For memories of categories that <see cref="Categories"/> does not name. <value>90 days</value></summary>
    [TimeSpanRange("01:00:00", "36525.00:00:00")]
    public TimeSpan Default { get; set; } = TimeSpan.FromDays(90);

    /// <summary>For memories of high or critical priority. <value>365 days</value></summary>
    [TimeSpanRange("01:00:00", "36525.00:00:00")]
    public TimeSpan Important { get; set; } = TimeSpan.FromDays(365);

    /// <summary>
    /// For memories of certain categories; none means for ever. <value>error 30 days, pattern (workflows) 180 days, preferences, devices
    /// and tools for ever</value>
    /// </summary>
    public IDictionary<string, TimeSpan?> Categories { get; } = new Dictionary<string, TimeSpan?>(StringComparer.Ordinal)
    {
        [MemoryCategories.Error] = TimeSpan.FromDays(30),
        [MemoryCategories.Pattern] = TimeSpan.FromDays(180),
        ["preferences"] = null,
        ["devices"] = null,
        ["tools"] = null,
    };

    /// <summary>
    /// Below what quality a memory goes after <see cref="LowQuality"/>, 0 to 1; 0 for none. Unrated memories are not affected.
    /// <value>0.4</value>
    /// </summary>
    [Range(0.0, 1.0)]
    public double MinQuality { get; set; } = 0.4;

    /// <summary>For memories of a quality below <see cref="MinQuality"/>, whatever else applies. <value>30 days</value></summary>
    [Setting(
        "Days that a memory of poor quality (`lifecycle.min_quality_for_retention`) is kept, whatever else applies.",
        Name = "low_quality_days", Unit = SettingUnit.WholeDays, Most = 3_650, NeedsRestart = true)]
    [TimeSpanRange("01:00:00", "36525.00:00:00")]
    public TimeSpan LowQuality { get; set; } = TimeSpan.FromDays(30);

    /// <summary>
    /// A folder for what goes: it is written there as compressed JSON Lines, one file a month, before it is deleted. It can be imported
    /// again. A relative path begins at the data folder.
    /// <value>None: it is deleted</value>
    /// </summary>
    public string? ArchiveDirectory { get; set; }

    /// <summary>How often a retention pass runs, 1 minute to 30 days. <value>24 hours</value></summary>
    [Setting(
        "Hours between two cleanups.",
        Section = "lifecycle", Name = "cleanup_interval_hours", Unit = SettingUnit.WholeHours, Most = 168, NeedsRestart = true)]
    [TimeSpanRange("00:01:00", "30.00:00:00")]
    public TimeSpan Interval { get; set; } = TimeSpan.FromHours(24);

    /// <summary>When retention runs, instead of <see cref="Interval"/>; checked once an hour.</summary>
    internal Retention.CronSchedule? Schedule { get; set; }

    /// <summary>How many are archived and deleted at once, 1 to 1,000. <value>100</value></summary>
    [Range(1, MemoryQuery.MaxLimit)]
    public int BatchSize { get; set; } = 100;
}
