namespace MemoryTriggers.Delivery;

/// <summary>
/// What was decided about records that a later one may correct: the correction follows it, and is not decided apart from its record. The
/// last ones are remembered. Thread-safe.
/// </summary>
/// <param name="most">How many.</param>
internal sealed class DecidedRecords(int most = 16_384)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, DecidedRecord> _records = [];
    private readonly Queue<Guid> _order = [];

    public void Note(PendingRecord record, DecidedRecord decided)
    {
        if (record.HasCertainOutcome) return;
        lock (_gate)
        {
            if (_records.TryAdd(record.Entry.Id, decided)) _order.Enqueue(record.Entry.Id);
            else _records[record.Entry.Id] = decided;
            while (_order.Count > most) _records.Remove(_order.Dequeue());
        }
    }

    public DecidedRecord? Find(Guid id)
    {
        lock (_gate) return _records.TryGetValue(id, out var decided) ? decided : null;
    }
}
