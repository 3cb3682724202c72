using System.ComponentModel.DataAnnotations;
using MemoryTriggers.Validation;
using Microsoft.Extensions.Logging;

namespace MemoryTriggers;

/// <summary>Which log lines become memories.</summary>
public sealed class LogHookOptions
{
    /// <summary>From which level on. <value>Error</value></summary>
    public LogLevel MinimumLevel { get; set; } = LogLevel.Error;

    /// <summary>Whether only lines with an exception count. <value>false</value></summary>
    public bool OnlyWithException { get; set; }

    /// <summary>Whether the values of scopes and of the line itself are remembered as metadata. <value>true</value></summary>
    public bool IncludeScopes { get; set; } = true;

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
