namespace MemoryTriggers;

/// <summary>One look at a file of a journal.</summary>
internal sealed record JournalSegmentInspection
{
    /// <summary>The name of the file.</summary>
    public required string File { get; init; }

    /// <summary>The priority whose records it holds; <see langword="null"/> when its head cannot be read.</summary>
    public required TriggerPriority? Lane { get; init; }

    /// <summary>Its place in the lane.</summary>
    public required ulong Sequence { get; init; }

    /// <summary>Its size in bytes.</summary>
    public required long Bytes { get; init; }

    /// <summary><c>pending</c>, <c>stored</c> (all of it is acknowledged), <c>free</c> (nothing is in it) or <c>unreadable</c>.</summary>
    public required string State { get; init; }

    /// <summary>Whole records that are not acknowledged.</summary>
    public long Pending { get; init; }

    /// <summary>Their size with their frames, in bytes.</summary>
    public long PendingBytes { get; init; }

    /// <summary>Stretches of bytes, from and to, that hold no whole record.</summary>
    public IReadOnlyList<(long From, long To)> Damage { get; init; } = [];
}
