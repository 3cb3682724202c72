namespace MemoryTriggers.Backends.Cache;

/// <summary>
/// The last memories that were written to a store, numbered, so that an answer can find out which of them came after it. Writes that
/// nothing is known of, and those that are no longer remembered, could have changed every answer. Thread-safe.
/// </summary>
internal sealed class RecentWrites
{
    /// <summary>How many memories are remembered.</summary>
    public const int Capacity = 4_096;

    private readonly Lock _gate = new();
    private readonly WrittenMemory[] _ring = new WrittenMemory[Capacity];
    private long _last;
    private long _unknown;

    /// <summary>The number of the last write: what is read from here on has seen it.</summary>
    public long Last => Interlocked.Read(ref _last);

    /// <summary>Memories were written, or may have been.</summary>
    public void Add(IEnumerable<WrittenMemory> memories)
    {
        lock (_gate)
        {
            var last = _last;
            foreach (var memory in memories) _ring[++last % Capacity] = memory;
            Interlocked.Exchange(ref _last, last);
        }
    }

    /// <summary>Anything may have been written.</summary>
    public void AddUnknown()
    {
        lock (_gate) _unknown = Interlocked.Increment(ref _last);
    }

    /// <summary>The memories that were written after a number.</summary>
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
            if (number < _unknown || last - number > Capacity) return null;
            var since = new WrittenMemory[last - number];
            for (var i = 0; i < since.Length; i++) since[i] = _ring[(number + 1 + i) % Capacity];
            return since;
        }
    }
}
