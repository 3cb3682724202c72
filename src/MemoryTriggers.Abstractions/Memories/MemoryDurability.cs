namespace MemoryTriggers;

/// <summary>The durability of a memory when the decorated call returns.</summary>
public enum MemoryDurability
{
    /// <summary>It is in the journal: it survives the end of the process, however that comes. The call waits for nothing.</summary>
    Accepted,

    /// <summary>
    /// It is forced to disk: it survives a loss of power. The thread that ends the call waits for that, as a rule a few milliseconds, at
    /// most the configured time. For the few calls that are worth it.
    /// </summary>
    Synced,
}
