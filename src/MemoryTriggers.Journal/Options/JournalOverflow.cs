namespace MemoryTriggers;

/// <summary>The handling of a record when the journal holds as much as it may. Whatever is dropped is counted, by reason.</summary>
public enum JournalOverflow
{
    /// <summary>The new record is dropped. The program never waits.</summary>
    DropNewest,

    /// <summary>
    /// The call waits, up to <see cref="JournalOptions.OverflowWait"/>, for the store to make room; then the record is dropped.
    /// </summary>
    Block,

    /// <summary>
    /// Older records of a lower priority make room, a segment at a time, the lowest first. When there are none, the new record is dropped.
    /// The call may wait for that up to <see cref="JournalOptions.OverflowWait"/>.
    /// </summary>
    DropLowestPriority,

    /// <summary>
    /// The journal grows beyond its size, up to <see cref="JournalOptions.SpillBytes"/> more, and health says so; then the new record is
    /// dropped.
    /// </summary>
    Spill,
}
