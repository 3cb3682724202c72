using System.ComponentModel.DataAnnotations;
using MemoryTriggers.Validation;

namespace MemoryTriggers;

/// <summary>Recent reads are cached in memory until a write of this process could change them, or they expire.</summary>
public sealed class ReadCacheOptions
{
    /// <summary>Whether there is a cache. <value>true</value></summary>
    [Setting("Keeps in memory what was read.", Section = "performance", Name = "cache_enabled", NeedsRestart = true)]
    public bool Enabled { get; set; } = true;

    /// <summary>How many memories are kept at most, those in lists counted, 1 to 1,000,000. <value>1,000</value></summary>
    [Setting("Memories that are kept, at most.", Section = "performance", Name = "cache_max_size", Most = 100_000, NeedsRestart = true)]
    [Range(1, 1_000_000)]
    public int MaxEntries { get; set; } = 1_000;

    /// <summary>How many bytes of memories are kept at most, as they would be as text, 1 MiB to 1 TiB. <value>100 MiB</value></summary>
    [Setting(
        "Megabytes of memories that are kept, at most.",
        Section = "performance", Name = "max_memory_size_mb", Unit = SettingUnit.Megabytes, Most = 10_000, NeedsRestart = true)]
    [Range(1024.0 * 1024, 1L << 40)]
    public long MaxBytes { get; set; } = 100L * 1024 * 1024;

    /// <summary>The share that stays when it is full and has to be cleared, 0.1 to 1. <value>0.8</value></summary>
    [Setting(
        "The share of the cache that stays when it is full and has to be cleared.",
        Section = "performance", Name = "memory_cleanup_threshold", NeedsRestart = true)]
    [Range(0.1, 1.0)]
    public double KeptWhenFull { get; set; } = 0.8;

    /// <summary>
    /// How long an answer is kept, 1 s to 1 day: so long may go unseen what another process writes, unless the
    /// store tells of it (<see cref="INotifyMemoryChanges"/>). <value>1 minute</value>
    /// </summary>
    [Setting(
        "Seconds that an answer is kept.",
        Section = "performance", Name = "cache_ttl_seconds", Unit = SettingUnit.WholeSeconds, NeedsRestart = true)]
    [TimeSpanRange("00:00:01", "1.00:00:00")]
    public TimeSpan TimeToLive { get; set; } = TimeSpan.FromMinutes(1);
}
