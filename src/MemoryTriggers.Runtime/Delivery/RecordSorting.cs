using MemoryTriggers.Delivery.Holding;

namespace MemoryTriggers.Delivery;

/// <summary>Applies the rules to a batch: what is denied goes, what is held goes to disk, and the rest is to be stored.</summary>
internal sealed class RecordSorting(IDeliveryRules? rules, HoldingStore holding, int maxHeld = int.MaxValue)
{
    public SortedRecords Sort(List<PendingRecord> records)
    {
        if (rules is null) return new SortedRecords(records, [], 0, []);

        var store = new List<PendingRecord>(records.Count);
        var hold = new List<(HeldRecord, HoldingTime)>();
        var then = new List<Action>();
        foreach (var record in records)
        {
            var ruling = rules.Rule(record.Entry);
            if (ruling.Hold is { } time && holding.Count + hold.Count < maxHeld)
            {
                hold.Add((new HeldRecord(0, record.Record.ToArray(), record.DefinitionBytes, time.Batch), time));
            }
            else if (ruling.Entry is { } entry)
            {
                store.Add(With(record, entry, ruling.Then));
                continue;
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

    /// <summary>Applies the rules to a record that was held: it may be held on.</summary>
    public DeliveryRuling Again(MemoryEntry entry) => rules?.Rule(entry) ?? new DeliveryRuling(entry);
}
