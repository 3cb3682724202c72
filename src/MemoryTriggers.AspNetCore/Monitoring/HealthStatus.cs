namespace MemoryTriggers.Monitoring;

/// <summary>The words of the answers.</summary>
internal static class HealthStatus
{
    public const string Healthy = "healthy";

    /// <summary>Memories are stored, and something wants a look.</summary>
    public const string Degraded = "degraded";

    /// <summary>The store is away: memories wait in the journal, and nothing is recalled.</summary>
    public const string Unhealthy = "unhealthy";

    public const string NotStarted = "not_started";
    public const string Live = "live";
    public const string Ready = "ready";
}
