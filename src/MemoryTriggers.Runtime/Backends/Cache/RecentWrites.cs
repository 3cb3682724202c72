namespace MemoryTriggers.Backends.Cache;

/// <summary>
/// The last writes to a store, numbered, so that an answer can find out which of them came after it. Writes that nothing is known of, and
/// those that are no longer remembered, could have changed every answer. Thread-safe.
/// </summary>
internal sealed class RecentWrites
{
    /// <summary>How many writes are remembered.</summary>
    public const int Capacity = 4_096;

    private readonly Lock _gate = new();
    private readonly Queue<(long Number, WrittenMemory Memory)> _writes = [];
    private long _last;
    private long _forgotten;

    /// <summary>The number of the last write: what is read from here on has seen it.</summary>
    public long Last => Interlocked.Read(ref _last);

    /// <summary>Memories were written, or may have been.</summary>
    public void Add(IEnumerable<WrittenMemory> memories)
    {
        lock (_gate)
        {
            var number = _last + 1;
            foreach (var memory in memories) _writes.Enqueue((number, memory));
            while (_writes.Count > Capacity) _forgotten = _writes.Dequeue().Number;
            Interlocked.Exchange(ref _last, number);
        }
    }

    /// <summary>Anything may have been written.</summary>
    public void AddUnknown()
    {
        lock (_gate)
        {
            _writes.Clear();
            _forgotten = _last + 1;
            Interlocked.Exchange(ref _last, _forgotten);
        }
    }

    /// <summary>The writes after a number.</summary>
    /// <param name="number">The number of the last write that was seen.</param>
    /// <param name="last">The number of the last write of the answer.</param>
    /// <returns><see langword="null"/> when some of them are not known.</returns>
    public IReadOnlyList<WrittenMemory>? After(long number, out long last)
    {
        last = Last;
        if (last == number) return [];
        lock (_gate)
        {
            last = _last;
            if (number < _forgotten) return null;
            return [.. _writes.Reverse().TakeWhile(write => write.Number > number).Select(static write => write.Memory)];
        }
    }
}
