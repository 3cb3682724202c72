namespace MemoryTriggers.Delivery;

/// <summary>
/// Corrections of records that were decided before, in an earlier batch or by an earlier process: one follows what was decided about its
/// record, and is never limited, denied or held apart from it. Thread-safe.
/// </summary>
/// <param name="sorting">Knows what was decided, and what is held.</param>
/// <param name="provisional">Knows what was replaced before it was decided.</param>
/// <param name="isStored">Whether the store has a memory.</param>
internal sealed class LateCorrections(
    RecordSorting sorting, ProvisionalRecords provisional, Func<Guid, CancellationToken, ValueTask<bool>> isStored)
{
    /// <summary>Takes the late corrections out of a batch.</summary>
    /// <param name="current">The records whose outcome counts.</param>
    /// <param name="batch">All records of the batch.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>
    /// The records that are to be decided, and the corrections that are to be stored. Others follow a denied or held record.
    /// </returns>
    /// <exception cref="OperationCanceledException">Stopped.</exception>
    public async ValueTask<(List<PendingRecord> Decide, List<PendingRecord> Store)> DivideAsync(
        List<PendingRecord> current, List<PendingRecord> batch, CancellationToken cancellationToken)
    {
        if (!current.Exists(static record => record.IsCorrection)) return (current, []);

        var together = batch.Where(static record => !record.IsCorrection).Select(static record => record.Entry.Id).ToHashSet();
        var (decide, store) = (new List<PendingRecord>(current.Count), new List<PendingRecord>());
        foreach (var record in current)
        {
            var decided = record.IsCorrection ? await DecidedAsync(record, together, cancellationToken).ConfigureAwait(false) : null;
            if (decided is null) decide.Add(record);
            else if (decided.Fate == RecordFate.Stored) store.Add(record with { Entry = decided.Apply(record.Entry) });
        }

        return (decide, store);
    }

    /// <returns><see langword="null"/> when nothing was decided: the correction is all that there is.</returns>
    private async ValueTask<DecidedRecord?> DecidedAsync(
        PendingRecord correction, HashSet<Guid> together, CancellationToken cancellationToken)
    {
        var id = correction.Entry.Id;
        if (sorting.Decided.Find(id) is { } known && (known.Fate != RecordFate.Held || sorting.TryReplaceHeld(correction))) return known;
        // One that is no longer held was decided meanwhile.
        if (sorting.Decided.Find(id) is { Fate: not RecordFate.Held } since) return since;
        if (together.Contains(id) || provisional.IsReplaced(id)) return null;
        if (sorting.TryReplaceHeld(correction)) return DecidedRecord.Held;
        return await isStored(id, cancellationToken).ConfigureAwait(false)
            ? DecidedRecord.Stored(correction.Entry, correction.Entry)
            : null;
    }
}
