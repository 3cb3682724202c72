namespace MemoryTriggers;

/// <summary>How the service does, in one word.</summary>
public enum MemoryServiceStatus
{
    /// <summary>Everything works.</summary>
    Healthy,

    /// <summary>Memories are taken and stored, and something needs attention.</summary>
    Degraded,

    /// <summary>The store is unavailable: memories wait in the journal, and questions cannot be answered.</summary>
    Unhealthy,

    /// <summary>The store is unavailable, and the service tries to bring it back.</summary>
    Recovering,

    /// <summary>The service is not started, or has stopped.</summary>
    Offline,
}
