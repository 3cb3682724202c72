namespace MemoryTriggers.Journal;

/// <summary>One look at the journal, for health and metrics. Lanes are in order of priority.</summary>
internal sealed record JournalStatistics(
    JournalMode Mode,
    string Directory,
    string? DegradedReason,
    IReadOnlyList<JournalLaneStatistics> Lanes,
    long AllocatedBytes,
    long Recovered,
    long Torn,
    long Quarantined,
    long Syncs,
    long SyncFailures,
    int Definitions)
{
    /// <summary>Damaged parts that are kept aside, as of the opening.</summary>
    public int QuarantineFiles { get; init; }

    public long QuarantineBytes { get; init; }

    /// <summary>Those that went with the opening, for age or room.</summary>
    public int QuarantineRemoved { get; init; }

    public long Pending => Lanes.Sum(lane => lane.Pending);
}
