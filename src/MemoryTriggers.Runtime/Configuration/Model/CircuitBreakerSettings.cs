using System.ComponentModel.DataAnnotations;
using MemoryTriggers.Configuration;

namespace MemoryTriggers;

/// <summary>The section <c>circuit_breaker</c>: when a store is left alone (docs/operations.md). Immutable; counts at the start. A chain of stores has settings of its own.</summary>
public sealed record CircuitBreakerSettings
{
    /// <summary>Whether there is one. <value>true</value></summary>
    [Setting("Whether a store that fails is left alone for a while ([operations.md](operations.md)).", NeedsRestart = true)]
    public bool Enabled { get; init; } = true;

    /// <summary>How many failures open it, 1 to 1,000. <value>5</value></summary>
    [Setting("Failures within `sampling_window` that open it, if half of the calls failed.", NeedsRestart = true)]
    [Range(1, 1_000)]
    public int FailureThreshold { get; init; } = 5;

    /// <summary>How long it stays open, 1 to 3,600 s. <value>60 s</value></summary>
    [Setting("Seconds after which some calls may try.", NeedsRestart = true)]
    [Range(1, 3_600)]
    public int RecoveryTimeout { get; init; } = 60;

    /// <summary>How many successes close it, 1 to 100. <value>3</value></summary>
    [Setting("Successes that close it.", NeedsRestart = true)]
    [Range(1, 100)]
    public int SuccessThreshold { get; init; } = 3;

    /// <summary>How long a call may take, 1 to 600 s. <value>30 s</value></summary>
    [Setting("Seconds after which a call is given up, and has failed.", NeedsRestart = true)]
    [Range(1, 600)]
    public int Timeout { get; init; } = 30;

    /// <summary>In which time failures count, 1 to 3,600 s. <value>30 s</value></summary>
    [Setting("Seconds in which failures count.", NeedsRestart = true)]
    [Range(1, 3_600)]
    public int SamplingWindow { get; init; } = 30;

    /// <summary>From when on a call is slow, 0.1 to 600 s. <value>5 s</value></summary>
    [Setting("Seconds from which on a call is slow; as many slow calls as failures open it as well.", NeedsRestart = true)]
    [Range(0.1, 600.0)]
    public double SlowCallThreshold { get; init; } = 5;

    /// <summary>Which share of slow calls, 0.01 to 1. <value>0.5</value></summary>
    [Setting("The share of slow calls that it takes.", NeedsRestart = true)]
    [Range(0.01, 1.0)]
    public double SlowCallRateThreshold { get; init; } = 0.5;
}
