using System.ComponentModel.DataAnnotations;
using MemoryTriggers.Validation;

namespace MemoryTriggers;

/// <summary>How much a hook that hears of everything may remember.</summary>
public sealed class HookLimits
{
    /// <summary>How many memories a minute it makes at most, 1 to 10,000; how many were left out stands in the next one. <value>60</value></summary>
    [Range(1, 10_000)]
    public int MaxPerMinute { get; set; } = 60;

    /// <summary>
    /// How long the same is not remembered again, 1 ms to a day; how often it came meanwhile stands in the next memory of it. <value>1 minute</value>
    /// </summary>
    [TimeSpanRange("00:00:00.0010000", "1.00:00:00")]
    public TimeSpan RepeatWindow { get; set; } = TimeSpan.FromMinutes(1);
}
