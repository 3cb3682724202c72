namespace MemoryTriggers.Journal;

/// <summary>The result of an append. Everything but <see cref="Accepted"/> is counted as a drop by the journal.</summary>
internal enum JournalAppendResult
{
    Accepted,
    DroppedTooLarge,

    /// <summary>The journal holds as much as it may.</summary>
    DroppedFull,

    /// <summary>The disk refused: no space, or an error.</summary>
    DroppedFailed,
    DroppedClosed,
}
