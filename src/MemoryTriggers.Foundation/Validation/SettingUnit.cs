namespace MemoryTriggers.Validation;

/// <summary>What one of a key is. Only <see cref="Seconds"/> and <see cref="Days"/> may have fractions.</summary>
internal enum SettingUnit
{
    /// <summary>What the property is.</summary>
    None,
    Kilobytes,
    Megabytes,
    Milliseconds,
    Seconds,
    WholeSeconds,
    Minutes,
    WholeHours,
    Days,
    WholeDays,
}
