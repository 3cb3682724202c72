using System.ComponentModel.DataAnnotations;
using MemoryTriggers.Configuration;

namespace MemoryTriggers;

/// <summary>What was read lately is kept in memory, until this process writes what could change it, or its time is over.</summary>
public sealed class ReadCacheOptions
{
    /// <summary>Whether there is a cache. <value>true</value></summary>
    public bool Enabled { get; set; } = true;

    /// <summary>How many memories are kept at most, those in lists counted, 1 to 1,000,000. <value>1,000</value></summary>
    [Range(1, 1_000_000)]
    public int MaxEntries { get; set; } = 1_000;

    /// <summary>
    /// How long an answer is kept, 1 s to 1 day: so long may go unseen what another process writes, unless the
    /// store tells of it (<see cref="INotifyMemoryChanges"/>). <value>1 minute</value>
    /// </summary>
    [TimeSpanRange("00:00:01", "1.00:00:00")]
    public TimeSpan TimeToLive { get; set; } = TimeSpan.FromMinutes(1);
}
