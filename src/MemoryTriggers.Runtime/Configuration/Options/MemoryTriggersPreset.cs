namespace MemoryTriggers;

/// <summary>
/// Settings that fit together, for <see cref="MemoryTriggersOptions.Use(MemoryTriggersPreset)"/>. What is set afterwards replaces them.
/// </summary>
public enum MemoryTriggersPreset
{
    /// <summary>What is there without a preset.</summary>
    Default,

    /// <summary>Memories show at once, small batches, little disk.</summary>
    Development,

    /// <summary>Room for an outage of the store, and in an overflow the more urgent memories stay.</summary>
    Production,

    /// <summary>Large batches and segments, more of them at once, less frequent syncs.</summary>
    HighPerformance,

    /// <summary>Little memory and disk, one batch at a time, few wake-ups.</summary>
    LowResource,

    /// <summary>
    /// The defaults of the reference's configuration, as <c>preset: reference</c> in a file: among them, old memories are removed.
    /// </summary>
    Reference,
}
