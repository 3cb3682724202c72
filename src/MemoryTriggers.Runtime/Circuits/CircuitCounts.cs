namespace MemoryTriggers.Circuits;

/// <summary>The counts of a circuit, guarded by its lock.</summary>
internal record struct CircuitCounts
{
    public long Successes { get; set; }

    public long Failures { get; set; }

    public long Slow { get; set; }

    public long Rejected { get; set; }

    public long Opens { get; set; }

    public long Closes { get; set; }

    public long RecoveryAttempts { get; set; }

    public long ConsecutiveFailures { get; set; }

    public double AverageSeconds { get; set; }

    public DateTimeOffset? LastSuccess { get; set; }

    public DateTimeOffset? LastFailure { get; set; }
}
