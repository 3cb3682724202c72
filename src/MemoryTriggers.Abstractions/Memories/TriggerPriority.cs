namespace MemoryTriggers;

/// <summary>How urgent a memory is. Each priority has a lane of its own in the journal; the order is the order of draining.</summary>
public enum TriggerPriority
{
    /// <summary>Overtakes everything, and is synced to disk at once.</summary>
    Critical,

    /// <summary>Ahead of ordinary work.</summary>
    High,

    /// <summary>Ordinary work.</summary>
    Medium,

    /// <summary>Whenever there is time; dropped first when the journal is full.</summary>
    Low,
}
