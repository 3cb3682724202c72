namespace MemoryTriggers.Journal;

/// <summary>The result of an append to a segment.</summary>
internal enum SegmentAppend
{
    Accepted,

    /// <summary>Accepted, and it is time to have the next segment ready.</summary>
    AcceptedPrepareNext,

    /// <summary>No room: the segment is sealed, the next one takes the record.</summary>
    Sealed,
    Failed,
}
