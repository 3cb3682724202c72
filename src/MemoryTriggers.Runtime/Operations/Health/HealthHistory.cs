namespace MemoryTriggers.Operations;

/// <summary>The history of health checks since the start.</summary>
internal sealed record HealthHistory
{
    public MemoryBackendHealth? Last { get; init; }

    public DateTimeOffset? LastAt { get; init; }

    public TimeSpan LastDuration { get; init; }

    public long Checks { get; init; }

    public long Successes { get; init; }

    public long ConsecutiveFailures { get; init; }

    public long ConsecutiveSuccesses { get; init; }

    /// <summary>The share of checks that the store passed, 0 to 100; 100 before the first.</summary>
    public double UptimePercentage => Checks > 0 ? 100.0 * Successes / Checks : 100;

    public HealthHistory With(MemoryBackendHealth health, TimeSpan duration, DateTimeOffset at) => new()
    {
        Last = health,
        LastAt = at,
        LastDuration = duration,
        Checks = Checks + 1,
        Successes = Successes + (health.IsHealthy ? 1 : 0),
        ConsecutiveFailures = health.IsHealthy ? 0 : ConsecutiveFailures + 1,
        ConsecutiveSuccesses = health.IsHealthy ? ConsecutiveSuccesses + 1 : 0,
    };
}
