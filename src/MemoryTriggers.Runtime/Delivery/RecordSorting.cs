using MemoryTriggers.Holding;

namespace MemoryTriggers.Delivery;

/// <summary>Applies the rules to a batch: what is denied goes, what is held goes to disk, and the rest is to be stored.</summary>
internal sealed class RecordSorting(IDeliveryRules? rules, HoldingStore holding)
{
    /// <exception cref="Exception">What is to be held could not be kept; nothing of the batch is decided.</exception>
    public (List<PendingRecord> Store, int Denied, int Held) Sort(List<PendingRecord> records)
    {
        if (rules is null) return (records, 0, 0);

        var store = new List<PendingRecord>(records.Count);
        var hold = new List<(HeldRecord, HoldingTime)>();
        foreach (var record in records)
        {
            var ruling = rules.Rule(record.Entry);
            if (ruling.Hold is { } time) hold.Add((new HeldRecord(0, record.Record.ToArray(), record.DefinitionBytes, time.Batch), time));
            else if (ruling.Entry is { } entry) store.Add(ReferenceEquals(entry, record.Entry) ? record : record with { Entry = entry });
        }

        if (hold.Count > 0) holding.Add(hold);
        return (store, records.Count - store.Count - hold.Count, hold.Count);
    }

    /// <summary>Applies the rules to a record that was held: it may be held on.</summary>
    public DeliveryRuling Again(MemoryEntry entry) => rules?.Rule(entry) ?? new DeliveryRuling(entry);
}
