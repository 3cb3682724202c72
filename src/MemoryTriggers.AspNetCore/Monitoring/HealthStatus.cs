namespace MemoryTriggers.Monitoring;

/// <summary>The words of the answers.</summary>
internal static class HealthStatus
{
    /// <summary>The store is unavailable: memories wait in the journal, and nothing is recalled.</summary>
    public const string Unhealthy = "unhealthy";

    public const string NotStarted = "not_started";
    public const string Live = "live";
    public const string Ready = "ready";

    /// <summary>The background work has ended.</summary>
    public const string Dead = "dead";
}
