using System.ComponentModel.DataAnnotations;
using MemoryTriggers.Validation;

namespace MemoryTriggers.Configuration;

/// <summary>The section <c>performance</c>: how long things may take, and how much at once. Immutable.</summary>
internal sealed record PerformanceSettings
{
    /// <summary>How long one attempt to store a batch may take, 0.1 to 60 s. <value>30 s</value></summary>
    [Setting("Seconds that one attempt to store a batch may take; the smaller of it and `backend.write_timeout` counts.")]
    [Range(0.1, 60.0)]
    public double CreateTimeout { get; init; } = 30;

    /// <summary>How long a read of memories may take, 0.1 to 60 s. <value>That of <c>circuit_breaker.timeout</c></value></summary>
    [Setting("Seconds that getting, listing or counting memories may take, repetitions included; `circuit_breaker.timeout` without it.")]
    [Range(0.1, 60.0)]
    public double? RecallTimeout { get; init; }

    /// <summary>How long a search may take, 0.1 to 120 s. <value>That of <c>circuit_breaker.timeout</c></value></summary>
    [Setting("Seconds that a search may take, repetitions included; `circuit_breaker.timeout` without it.")]
    [Range(0.1, 120.0)]
    public double? SearchTimeout { get; init; }

    /// <summary>How many memories a second go to the store, 1 to 10,000; the rest waits in the journal. <value>No limit</value></summary>
    [Setting("Memories that go to the store in a second, at most; the rest waits in the journal.")]
    [Range(1, 10_000)]
    public int? RateLimitPerSecond { get; init; }

    /// <summary>Memories that were judged to be worse are not stored, 0 to 1. <value>0: all are stored</value></summary>
    [Setting(
        "Memories with a lower `quality_score` are denied, unless the trigger policy has `require_quality_validation: false`. An unrated " +
        "one passes.")]
    [Range(0.0, 1.0)]
    public double MinMemoryQualityScore { get; init; }

    /// <summary>How many memories one recall gives at most, 1 to 10,000. <value>No limit but that of the query</value></summary>
    [Setting("Memories that one recall gives, at most, whatever its query asks for.")]
    [Range(1, 10_000)]
    public int? MaxMemoriesPerContext { get; init; }

    /// <summary>Always true: memories go to the store in the background. <value>true</value></summary>
    [Setting("Memories go to the store in the background; `false` is refused, since nothing here lets a call wait for the store.")]
    public bool BackgroundProcessingEnabled { get; init; } = true;
}
