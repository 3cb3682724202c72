using System.ComponentModel.DataAnnotations;
using MemoryTriggers.Validation;

namespace MemoryTriggers.Configuration;

/// <summary>
/// The section <c>retention</c>: what <c>lifecycle</c> does not say of how long memories are kept. Immutable; counts at the start.
/// </summary>
internal sealed record RetentionSettings
{
    /// <summary>How long a memory of poor quality is kept, 1 to 3,650 days. <value>30</value></summary>
    [Setting("Days that a memory of poor quality (`lifecycle.min_quality_for_retention`) is kept, whatever else applies.", NeedsRestart = true)]
    [Range(1, 3_650)]
    public int LowQualityDays { get; init; } = 30;

    /// <summary>
    /// Periods of single categories, by their names. <value>Those of <c>lifecycle</c>; preferences, devices and tools for ever</value>
    /// </summary>
    [Setting("How long memories of single categories are kept, by their names; goes before `lifecycle`.")]
    public IReadOnlyDictionary<string, CategorySettings> Categories { get; init; } = new Dictionary<string, CategorySettings>();
}
