using System.ComponentModel.DataAnnotations;
using MemoryTriggers.Validation;

namespace MemoryTriggers;

/// <summary>How long work may take, and how often it is tried.</summary>
public sealed class PostgresWorkQueueOptions
{
    /// <summary>The queue, 1 to 100 characters: letters, digits, dots, dashes and underscores. <value><c>default</c></value></summary>
    [Required]
    [RegularExpression("^[A-Za-z0-9._-]{1,100}$")]
    public string Queue { get; set; } = "default";

    /// <summary>
    /// How long an item belongs to the worker that took it, unless the worker extends the lease, 1 s to 1 day. <value>30 s</value>
    /// </summary>
    [TimeSpanRange("00:00:01", "1.00:00:00")]
    public TimeSpan LeaseDuration { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often work is tried before it is dead, 1 to 1,000. <value>5</value></summary>
    [Range(1, 1_000)]
    public int MaxAttempts { get; set; } = 5;

    /// <summary>
    /// How long a waiting worker waits at most before it polls again, 100 ms to 1 hour. It is woken when there is work; this covers lost
    /// notifications. <value>10 s</value>
    /// </summary>
    [TimeSpanRange("00:00:00.1000000", "01:00:00")]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(10);

    // Later changes of the options must not reach an open queue.
    internal PostgresWorkQueueOptions Snapshot() => (PostgresWorkQueueOptions)MemberwiseClone();
}
