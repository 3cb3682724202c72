namespace MemoryTriggers.Journal;

/// <summary>
/// Records of one lane in order. The memory belongs to the batch: it stays valid after the acknowledgement and after the
/// journal is closed, because recycled or unmapped pages must never be reachable from outside.
/// </summary>
internal readonly struct JournalBatch
{
    private readonly ReadOnlyMemory<byte>[]? _records;

    internal JournalBatch(TriggerPriority lane, ReadOnlyMemory<byte>[] records, JournalPosition end)
    {
        Lane = lane;
        _records = records;
        End = end;
    }

    public TriggerPriority Lane { get; }

    public IReadOnlyList<ReadOnlyMemory<byte>> Records => _records ?? [];

    public int Count => _records?.Length ?? 0;

    public bool IsEmpty => Count == 0;

    internal JournalPosition End { get; }
}
