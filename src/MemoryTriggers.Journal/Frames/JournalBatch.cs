using System.Buffers;

namespace MemoryTriggers.Journal;

/// <summary>
/// Records of one lane in order. The memory belongs to the batch: it stays valid after the acknowledgement and after the
/// journal is closed, because recycled or unmapped pages must never be reachable from outside.
/// </summary>
internal readonly struct JournalBatch
{
    private readonly ReadOnlyMemory<byte>[]? _records;
    private readonly byte[]? _rented;

    internal JournalBatch(TriggerPriority lane, ReadOnlyMemory<byte>[] records, JournalPosition end, byte[]? rented)
    {
        Lane = lane;
        _records = records;
        _rented = rented;
        End = end;
    }

    public TriggerPriority Lane { get; }

    public IReadOnlyList<ReadOnlyMemory<byte>> Records => _records ?? [];

    public int Count => _records?.Length ?? 0;

    public bool IsEmpty => Count == 0;

    internal JournalPosition End { get; }

    /// <summary>
    /// Gives the memory back for the next batch. Once at most, and no record may be used afterwards; without it the collector does.
    /// </summary>
    public void Return()
    {
        if (_rented is not null) ArrayPool<byte>.Shared.Return(_rented);
    }
}
