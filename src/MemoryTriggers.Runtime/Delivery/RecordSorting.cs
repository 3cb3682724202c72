using MemoryTriggers.Delivery.Holding;

namespace MemoryTriggers.Delivery;

/// <summary>Applies the rules to a batch: what is denied goes, what is held goes to disk, and the rest is to be stored.</summary>
internal sealed class RecordSorting(IDeliveryRules? rules, HoldingStore holding, int maxHeld = int.MaxValue)
{
    /// <summary>What was decided about records that may still be corrected.</summary>
    public DecidedRecords Decided { get; } = new();

    public SortedRecords Sort(List<PendingRecord> records)
    {
        if (rules is null)
        {
            foreach (var record in records) Decided.Note(record, DecidedRecord.Stored(record.Entry, record.Entry));
            return new SortedRecords(records, [], 0, []);
        }

        var store = new List<PendingRecord>(records.Count);
        var hold = new List<(HeldRecord, HoldingTime)>();
        var then = new List<Action>();
        foreach (var record in records)
        {
            var ruling = rules.Rule(record.Entry);
            if (ruling.Hold is { } time && holding.Count + hold.Count < maxHeld)
            {
                hold.Add((Held(record, time.Batch), time));
                Decided.Note(record, DecidedRecord.Held);
            }
            else if (ruling.Entry is { } entry)
            {
                store.Add(With(record, entry, ruling.Then));
                Decided.Note(record, DecidedRecord.Stored(record.Entry, entry));
                continue;
            }
            else
            {
                Decided.Note(record, DecidedRecord.Denied);
            }

            if (ruling.Then is not null) then.Add(ruling.Then);
        }

        return new SortedRecords(store, hold, records.Count - store.Count - hold.Count, then);
    }

    /// <summary>
    /// Puts what is held on disk. Done when the rest of the batch is stored: a batch that is read again until then is not held twice.
    /// </summary>
    /// <exception cref="Exception">It could not be kept; the batch must stay in the journal.</exception>
    public void PersistHeld(SortedRecords records)
    {
        if (records.Hold.Count > 0) holding.Add(records.Hold);
        records.Then.ForEach(static act => act());
    }

    /// <summary>The requests of the rules are durable when this returns.</summary>
    public void CommitDecisions() => rules?.CommitDecisions();

    private static PendingRecord With(PendingRecord record, MemoryEntry entry, Action? then) =>
        then is null && ReferenceEquals(entry, record.Entry) ? record : record with { Entry = entry, Then = then };

    /// <summary>
    /// Applies the rules to a record that was held: it may be held on. A correction follows what was decided before it came.
    /// </summary>
    public DeliveryRuling Again(PendingRecord record)
    {
        if (record.IsCorrection && Decided.Find(record.Entry.Id) is { Fate: not RecordFate.Held } known)
            return new DeliveryRuling(known.Fate == RecordFate.Denied ? null : known.Apply(record.Entry));
        return rules?.Rule(record.Entry) ?? new DeliveryRuling(record.Entry);
    }

    /// <summary>A correction takes the place of a held record.</summary>
    /// <returns>Whether its record is held.</returns>
    public bool TryReplaceHeld(PendingRecord correction) => holding.TryReplace(Held(correction, batch: null));

    private static HeldRecord Held(PendingRecord record, string? batch) => new(0, record.Record.ToArray(), record.DefinitionBytes, batch);
}
