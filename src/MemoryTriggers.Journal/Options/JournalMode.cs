namespace MemoryTriggers.Journal;

/// <summary>How the bytes of a segment are kept.</summary>
internal enum JournalMode
{
    /// <summary>Mapped files: an append is a copy into pages the kernel keeps when the process dies.</summary>
    Mapped,

    /// <summary>One positioned write per record, where a mapped page might have no block behind it.</summary>
    Written,

    /// <summary>Native memory, when no directory can be used. Lost with the process.</summary>
    Memory,
}
