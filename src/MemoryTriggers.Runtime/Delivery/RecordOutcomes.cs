using MemoryTriggers.Capture;

namespace MemoryTriggers.Delivery;

/// <summary>
/// Finds the records of a batch whose outcome counts: one for each memory, so that rules, limits and counts never see an outcome that a
/// correction replaces. Thread-safe.
/// </summary>
internal sealed class RecordOutcomes(ProvisionalRecords provisional)
{
    /// <summary>The tag of a memory whose process ended before its outcome was known.</summary>
    public const string ProvisionalTag = "provisional";

    /// <summary>Waits until the outcome of each provisional record is known.</summary>
    /// <returns>The records to deliver, in their order.</returns>
    /// <exception cref="OperationCanceledException">Stopped.</exception>
    public async Task<List<PendingRecord>> CurrentAsync(List<PendingRecord> records, CancellationToken cancellationToken)
    {
        if (records.TrueForAll(static record => record.HasCertainOutcome)) return records;

        List<Guid> open = [.. records.Where(static record => record.IsProvisional).Select(static record => record.Entry.Id)];
        if (open.Count > 0) await provisional.WaitAsync(open, cancellationToken).ConfigureAwait(false);
        var last = new Dictionary<Guid, PendingRecord>();
        foreach (var record in records) last[record.Entry.Id] = record;
        return [.. records.Where(record => IsCurrent(record, last)).Select(Marked)];
    }

    /// <summary>The batch is delivered.</summary>
    public void Delivered(List<PendingRecord> records)
    {
        foreach (var record in records)
        {
            if (record.Flags.HasFlag(CaptureFlags.Correction)) provisional.Corrected(record.Entry.Id);
            else if (record.IsProvisional) provisional.Delivered(record.Entry.Id);
        }
    }

    private bool IsCurrent(PendingRecord record, Dictionary<Guid, PendingRecord> last) =>
        ReferenceEquals(last[record.Entry.Id], record)
        && !(record.IsProvisional && provisional.IsReplaced(record.Entry.Id));

    // A failure is one, whatever a finally block would still have made of its exception.
    private PendingRecord Marked(PendingRecord record) =>
        record.IsProvisional && record.Entry.Outcome == TriggerOutcome.Success && provisional.IsLeftOpen(record.Entry)
            ? record with { Entry = record.Entry with { Tags = [.. record.Entry.Tags, ProvisionalTag] } }
            : record;
}
