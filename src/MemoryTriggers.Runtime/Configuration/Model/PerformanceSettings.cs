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

    /// <summary>How long a read of memories may take, 0.1 to 60 s. <value>No limit</value></summary>
    [Setting("Seconds that getting, listing or counting memories may take, repetitions included.")]
    [Range(0.1, 60.0)]
    public double? RecallTimeout { get; init; }

    /// <summary>How long a search may take, 0.1 to 120 s. <value>No limit</value></summary>
    [Setting("Seconds that a search may take, repetitions included.")]
    [Range(0.1, 120.0)]
    public double? SearchTimeout { get; init; }

    /// <summary>How many memories are stored together at most, 1 to 1,000. <value>500</value></summary>
    [Setting("Memories that are stored together, at most.")]
    [Range(1, 1_000)]
    public int BatchSize { get; init; } = 500;

    /// <summary>How many batches are on their way to the store at once, 1 to 100. <value>4</value></summary>
    [Setting("Batches on their way to the store at once, at most.")]
    [Range(1, 100)]
    public int MaxConcurrentOperations { get; init; } = 4;

    /// <summary>How many memories a second go to the store, 1 to 10,000; the rest waits in the journal. <value>No limit</value></summary>
    [Setting("Memories that go to the store in a second, at most; the rest waits in the journal.")]
    [Range(1, 10_000)]
    public int? RateLimitPerSecond { get; init; }

    /// <summary>Whether what was read is kept in memory for a while. <value>true</value></summary>
    [Setting("Keeps in memory what was read.", NeedsRestart = true)]
    public bool CacheEnabled { get; init; } = true;

    /// <summary>How long an answer is kept, 1 to 86,400 s. <value>60 s</value></summary>
    [Setting("Seconds that an answer is kept.", NeedsRestart = true)]
    [Range(1, 86_400)]
    public int CacheTtlSeconds { get; init; } = 60;

    /// <summary>How many memories are kept, 1 to 100,000. <value>1,000</value></summary>
    [Setting("Memories that are kept, at most.", NeedsRestart = true)]
    [Range(1, 100_000)]
    public int CacheMaxSize { get; init; } = 1_000;

    /// <summary>How many megabytes of memories are kept, 1 to 10,000. <value>100</value></summary>
    [Setting("Megabytes of memories that are kept, at most.", NeedsRestart = true)]
    [Range(1, 10_000)]
    public int MaxMemorySizeMb { get; init; } = 100;

    /// <summary>To which share the cache is emptied when it is full, 0.1 to 1. <value>0.8</value></summary>
    [Setting("The share of the cache that stays when it is full and has to be cleared.", NeedsRestart = true)]
    [Range(0.1, 1.0)]
    public double MemoryCleanupThreshold { get; init; } = 0.8;

    /// <summary>Memories that were judged to be worse are not stored, 0 to 1. <value>0: all are stored</value></summary>
    [Setting("Memories with a lower `quality_score` are denied, unless the trigger policy has `require_quality_validation: false`. An unrated one passes.")]
    [Range(0.0, 1.0)]
    public double MinMemoryQualityScore { get; init; }

    /// <summary>How many memories one recall gives at most, 1 to 10,000. <value>No limit but that of the query</value></summary>
    [Setting("Memories that one recall gives, at most, whatever its query asks for.")]
    [Range(1, 10_000)]
    public int? MaxMemoriesPerContext { get; init; }

    /// <summary>Always true: memories go to the store in the background. <value>true</value></summary>
    [Setting("Memories go to the store in the background; `false` is refused, since nothing here lets a call wait for the store.")]
    public bool BackgroundProcessingEnabled { get; init; } = true;

    /// <summary>How many decisions with actions of policies may wait, 1 to 100,000. <value>10,000</value></summary>
    [Setting("Memories whose policy actions wait to be carried out, at most. Memories themselves wait in the journal.", NeedsRestart = true)]
    [Range(1, 100_000)]
    public int BackgroundQueueSize { get; init; } = 10_000;

    /// <summary>How many memories have their policy actions carried out at once, 1 to 50. <value>1</value></summary>
    [Setting("Memories whose policy actions are carried out at once.", NeedsRestart = true)]
    [Range(1, 50)]
    public int WorkerThreadCount { get; init; } = 1;
}
