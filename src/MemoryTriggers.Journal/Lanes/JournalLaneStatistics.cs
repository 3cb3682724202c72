namespace MemoryTriggers.Journal;

/// <summary>The record accounting of one lane: pending = recovered + accepted - acknowledged - evicted. Bytes are frame bytes.</summary>
internal sealed record JournalLaneStatistics(
    TriggerPriority Lane,
    long Accepted,
    long Recovered,
    long Read,
    long Acknowledged,
    long Evicted,
    long Pending,
    long PendingBytes,
    long DroppedTooLarge,
    long DroppedFull,
    long DroppedFailed,
    long DroppedClosed)
{
    public long Dropped => DroppedTooLarge + DroppedFull + DroppedFailed + DroppedClosed;
}
