using System.ComponentModel.DataAnnotations;
using MemoryTriggers.Validation;

namespace MemoryTriggers;

/// <summary>When a store counts as away, and how it comes back.</summary>
public sealed class CircuitBreakerOptions
{
    /// <summary>Off, every call is let through, and still counted. <value><see langword="true"/></value></summary>
    [Setting("Opens the circuit of a store that fails ([operations.md](operations.md)).", NeedsRestart = true)]
    public bool Enabled { get; set; } = true;

    /// <summary>
    /// How many failures in a row open the circuit, 1 to 1,000. So do as many in <see cref="SamplingWindow"/> if at least half of the calls
    /// failed, and as many slow calls if they are <see cref="SlowCallRate"/> of all. <value>5</value>
    /// </summary>
    [Setting("Failures in a row that open it; also as many within `sampling_window`, if half of the calls failed.", NeedsRestart = true)]
    [Range(1, 1_000)]
    public int FailureThreshold { get; set; } = 5;

    /// <summary>In which time calls are counted together, 1 s to an hour. <value>30 s</value></summary>
    [Setting("Seconds in which failures count.", Unit = SettingUnit.WholeSeconds, NeedsRestart = true)]
    [TimeSpanRange("00:00:01", "01:00:00")]
    public TimeSpan SamplingWindow { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long an open circuit refuses calls before it lets some try, 1 s to a day. <value>60 s</value></summary>
    [Setting("Seconds after which some calls may try.", Unit = SettingUnit.WholeSeconds, NeedsRestart = true)]
    [TimeSpanRange("00:00:01", "1.00:00:00")]
    public TimeSpan RecoveryTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// How many calls that try have to succeed before the circuit closes, 1 to 100. One failure opens it again. <value>3</value>
    /// </summary>
    [Setting("Successes that close it.", NeedsRestart = true)]
    [Range(1, 100)]
    public int SuccessThreshold { get; set; } = 3;

    /// <summary>How many calls may try at once, 1 to 100. <value>3</value></summary>
    [Setting("Calls that may try at once.", NeedsRestart = true)]
    [Range(1, 100)]
    public int MaxProbes { get; set; } = 3;

    /// <summary>
    /// How long a call may take, repetitions included, before it is given up and counts as failed, 10 ms to 10 minutes. Reads may have
    /// another limit: <see cref="OperationsOptions.ReadTimeout"/>. <value>30 s</value>
    /// </summary>
    [Setting(
        "Seconds after which a call is given up, repetitions included, and has failed; reads may have a limit of their own.",
        Name = "timeout", Unit = SettingUnit.WholeSeconds, NeedsRestart = true)]
    [TimeSpanRange("00:00:00.0100000", "00:10:00")]
    public TimeSpan OperationTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>From which time on a call counts as slow, whether it succeeds or not, 1 ms to 10 minutes. <value>5 s</value></summary>
    [Setting(
        "Seconds from which on a call is slow; as many slow calls as failures open it as well.",
        Name = "slow_call_threshold", Unit = SettingUnit.Seconds, NeedsRestart = true)]
    [TimeSpanRange("00:00:00.0010000", "00:10:00")]
    public TimeSpan SlowCall { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The share of slow calls that opens the circuit, 0.01 to 1. <value>0.5</value></summary>
    [Setting("The share of slow calls that it takes.", Name = "slow_call_rate_threshold", NeedsRestart = true)]
    [Range(0.01, 1)]
    public double SlowCallRate { get; set; } = 0.5;
}
