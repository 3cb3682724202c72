namespace MemoryTriggers.Delivery.Echoes;

/// <summary>
/// Keeps memories from pointing at a parent that is none: a folded one is replaced by the memory that it was folded into, one that was
/// only counted or denied by its own parent. Knows the latest parents. Thread-safe.
/// </summary>
internal sealed class ParentLinks
{
    private const int MostKnown = 10_000;
    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, Guid?> _replaced = [];
    private readonly HashSet<Guid> _pointedAt = [];
    private readonly Queue<Guid> _oldestReplaced = [];
    private readonly Queue<Guid> _oldestPointedAt = [];

    /// <summary>A record becomes no memory of its own.</summary>
    /// <param name="id">The record.</param>
    /// <param name="replacement">What is to be pointed at instead, if anything.</param>
    /// <returns>Whether memories that are stored already point at it.</returns>
    public bool Replace(Guid id, Guid? replacement)
    {
        lock (_gate)
        {
            if (_replaced.TryAdd(id, replacement)) _oldestReplaced.Enqueue(id);
            if (_oldestReplaced.Count > MostKnown) _replaced.Remove(_oldestReplaced.Dequeue());
            return _pointedAt.Contains(id);
        }
    }

    /// <summary>The memory with a parent that is one.</summary>
    public MemoryEntry Resolve(MemoryEntry entry)
    {
        lock (_gate)
        {
            var parent = entry.ParentId;
            for (var depth = 0; depth < 64 && parent is { } id && _replaced.TryGetValue(id, out var next); depth++) parent = next;
            // What a record was folded into may have run inside of it.
            return parent == entry.ParentId ? entry : entry with { ParentId = parent == entry.Id ? null : parent };
        }
    }

    /// <summary>Notes whom stored memories point at.</summary>
    public void Stored(IEnumerable<MemoryEntry> entries)
    {
        lock (_gate)
        {
            foreach (var entry in entries)
            {
                if (entry.ParentId is not { } parent || !_pointedAt.Add(parent)) continue;
                _oldestPointedAt.Enqueue(parent);
                if (_oldestPointedAt.Count > MostKnown) _pointedAt.Remove(_oldestPointedAt.Dequeue());
            }
        }
    }
}
