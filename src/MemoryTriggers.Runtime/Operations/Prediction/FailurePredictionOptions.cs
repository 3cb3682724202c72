using System.ComponentModel.DataAnnotations;
using MemoryTriggers.Validation;

namespace MemoryTriggers;

/// <summary>When a trend is worth a warning.</summary>
public sealed class FailurePredictionOptions
{
    /// <summary>Whether trends are evaluated. <value><see langword="true"/></value></summary>
    [Setting("Warns of trends that lead to a limit ([operations.md](operations.md)).", NeedsRestart = true)]
    public bool Enabled { get; set; } = true;

    /// <summary>
    /// How many looks make a trend, 5 to 200; one with calls of the store is made every <see cref="OperationsOptions.WatchInterval"/>.
    /// <value>12</value>
    /// </summary>
    [Setting("Checks that make a trend; one is made every `operations.watch_interval_ms`.", NeedsRestart = true)]
    [Range(5, 200)]
    public int Samples { get; set; } = 12;

    /// <summary>How far ahead a limit has to be expected to be worth a warning, 1 s to a day. <value>5 minutes</value></summary>
    [Setting("Seconds within which a limit has to be expected.", Unit = SettingUnit.WholeSeconds, NeedsRestart = true)]
    [TimeSpanRange("00:00:01", "1.00:00:00")]
    public TimeSpan Horizon { get; set; } = TimeSpan.FromMinutes(5);
}
