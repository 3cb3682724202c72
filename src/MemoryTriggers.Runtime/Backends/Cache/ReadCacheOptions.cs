using System.ComponentModel.DataAnnotations;
using MemoryTriggers.Validation;

namespace MemoryTriggers;

/// <summary>Recent reads are cached in memory until a write of this process could change them, or they expire.</summary>
public sealed class ReadCacheOptions
{
    /// <summary>Whether there is a cache. <value>true</value></summary>
    public bool Enabled { get; set; } = true;

    /// <summary>How many memories are kept at most, those in lists counted, 1 to 1,000,000. <value>1,000</value></summary>
    [Range(1, 1_000_000)]
    public int MaxEntries { get; set; } = 1_000;

    /// <summary>How many bytes of memories are kept at most, as they would be as text, 1 MiB to 1 TiB. <value>100 MiB</value></summary>
    [Range(1024.0 * 1024, 1L << 40)]
    public long MaxBytes { get; set; } = 100L * 1024 * 1024;

    /// <summary>The share that stays when it is full and has to be cleared, 0.1 to 1. <value>0.8</value></summary>
    [Range(0.1, 1.0)]
    public double KeptWhenFull { get; set; } = 0.8;

    /// <summary>
    /// How long an answer is kept, 1 s to 1 day: so long may go unseen what another process writes, unless the
    /// store tells of it (<see cref="INotifyMemoryChanges"/>). <value>1 minute</value>
    /// </summary>
    [TimeSpanRange("00:00:01", "1.00:00:00")]
    public TimeSpan TimeToLive { get; set; } = TimeSpan.FromMinutes(1);
}
