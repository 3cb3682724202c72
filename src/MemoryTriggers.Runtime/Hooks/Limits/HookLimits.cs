using System.ComponentModel.DataAnnotations;
using MemoryTriggers.Validation;

namespace MemoryTriggers;

/// <summary>The limits of a hook that receives every event.</summary>
public sealed class HookLimits
{
    /// <summary>
    /// How many memories a minute it makes at most, 1 to 10,000; the number left out is in the next one. <value>60</value>
    /// </summary>
    [Range(1, 10_000)]
    public int MaxPerMinute { get; set; } = 60;

    /// <summary>
    /// How long a repeat is not remembered again, 1 ms to a day; the number of repeats is in the next memory of it. <value>1 minute</value>
    /// </summary>
    [TimeSpanRange("00:00:00.0010000", "1.00:00:00")]
    public TimeSpan RepeatWindow { get; set; } = TimeSpan.FromMinutes(1);
}
