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
    public long Pending => Lanes.Sum(lane => lane.Pending);
}
