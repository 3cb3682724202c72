namespace MemoryTriggers;

/// <summary>One look at the journal of a process.</summary>
internal sealed record JournalInspection
{
    /// <summary>Its folder.</summary>
    public required string Directory { get; init; }

    /// <summary>Whether a living process owns it. What it is about to write may look unfinished then.</summary>
    public required bool IsInUse { get; init; }

    /// <summary>Its files, by lane and age.</summary>
    public required IReadOnlyList<JournalSegmentInspection> Segments { get; init; }

    /// <summary>Records that no checkpoint has acknowledged; those that are on their way to the store are among them.</summary>
    public long Pending => Segments.Sum(static segment => segment.Pending);

    /// <summary>The size of those records with their frames, in bytes.</summary>
    public long PendingBytes => Segments.Sum(static segment => segment.PendingBytes);

    /// <summary>Records that policies hold back, or <see langword="null"/> when their database cannot be read.</summary>
    public required long? Held { get; init; }

    /// <summary>Triggers that are known here.</summary>
    public required int Definitions { get; init; }

    /// <summary>Files that recovery moved aside earlier, because nothing could be made of them.</summary>
    public required int Quarantined { get; init; }

    /// <summary>The problems, one per line; none when all is well.</summary>
    public required IReadOnlyList<string> Problems { get; init; }
}
