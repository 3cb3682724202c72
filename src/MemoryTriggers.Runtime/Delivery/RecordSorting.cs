using MemoryTriggers.Holding;

namespace MemoryTriggers.Delivery;

/// <summary>Applies the rules to a batch: what is denied goes, what is held goes to disk, and the rest is to be stored.</summary>
internal sealed class RecordSorting(IDeliveryRules? rules, HoldingStore holding, int maxHeld = int.MaxValue)
{
    /// <exception cref="Exception">What is to be held could not be kept; nothing of the batch is decided.</exception>
    public (List<PendingRecord> Store, int Denied, int Held) Sort(List<PendingRecord> records)
    {
        if (rules is null) return (records, 0, 0);

        var store = new List<PendingRecord>(records.Count);
        var hold = new List<(HeldRecord, HoldingTime)>();
        var then = new List<Action>();
        foreach (var record in records)
        {
            var ruling = rules.Rule(record.Entry);
            if (ruling.Hold is { } time && holding.Count + hold.Count < maxHeld) hold.Add((new HeldRecord(0, record.Record.ToArray(), record.DefinitionBytes, time.Batch), time));
            else if (ruling.Entry is { } entry) store.Add(With(record, entry, ruling.Then));
            if (ruling.Then is not null && (ruling.Entry is null || ruling.Hold is not null)) then.Add(ruling.Then);
        }

        if (hold.Count > 0) holding.Add(hold);
        then.ForEach(static act => act());
        return (store, records.Count - store.Count - hold.Count, hold.Count);
    }

    private static PendingRecord With(PendingRecord record, MemoryEntry entry, Action? then) =>
        then is null && ReferenceEquals(entry, record.Entry) ? record : record with { Entry = entry, Then = then };

    /// <summary>Applies the rules to a record that was held: it may be held on.</summary>
    public DeliveryRuling Again(MemoryEntry entry) => rules?.Rule(entry) ?? new DeliveryRuling(entry);
}
