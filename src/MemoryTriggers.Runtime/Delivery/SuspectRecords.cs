namespace MemoryTriggers.Delivery;

/// <summary>
/// Records that a store failed to store, with an error that says neither that the store is ill nor that it refuses them. One is found
/// guilty when the store failed on it alone several times, and a call that began after its first failure went through: the store is well,
/// and this record is not. Thread-safe.
/// </summary>
internal sealed class SuspectRecords
{
    private const int FailuresAlone = 5;
    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, Suspect> _suspects = [];
    private long _calls;
    private long _latestSuccess;
    private int _count;

    /// <summary>How many records wait on which the store failed when they were alone.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>The number of a call that begins.</summary>
    public long Begin() => Interlocked.Increment(ref _calls);

    public void Stored(IReadOnlyList<MemoryEntry> entries, long call)
    {
        lock (_gate)
        {
            _latestSuccess = Math.Max(_latestSuccess, call);
            if (_suspects.Count > 0) Forget(entries);
        }
    }

    public void Failed(IReadOnlyList<MemoryEntry> entries)
    {
        lock (_gate)
        {
            var now = Interlocked.Increment(ref _calls);
            foreach (var entry in entries)
            {
                var suspect = _suspects.GetValueOrDefault(entry.Id) ?? new Suspect(now, 0);
                _suspects[entry.Id] = entries.Count == 1 ? suspect with { Alone = suspect.Alone + 1 } : suspect;
            }

            Recount();
        }
    }

    public bool IsGuilty(Guid id)
    {
        lock (_gate)
            return _suspects.TryGetValue(id, out var suspect) && suspect.Alone >= FailuresAlone && _latestSuccess > suspect.FirstFailure;
    }

    /// <summary>They are stored, or dead letters.</summary>
    public void Remove(IReadOnlyList<MemoryEntry> entries)
    {
        lock (_gate) Forget(entries);
    }

    private void Forget(IReadOnlyList<MemoryEntry> entries)
    {
        foreach (var entry in entries) _suspects.Remove(entry.Id);
        Recount();
    }

    private void Recount() => Volatile.Write(ref _count, _suspects.Values.Count(static suspect => suspect.Alone > 0));

    private sealed record Suspect(long FirstFailure, int Alone);
}
