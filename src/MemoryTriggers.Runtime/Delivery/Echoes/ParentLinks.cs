namespace MemoryTriggers.Delivery.Echoes;

/// <summary>
/// Keeps memories from pointing at a parent that is none: a folded one is replaced by the memory that it was folded into, one that was
/// only counted or denied by its own parent. Knows the latest parents and their stored children, and asks no store. Thread-safe.
/// </summary>
internal sealed class ParentLinks
{
    private const int MostKnown = 10_000;
    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, Guid?> _replaced = [];
    private readonly Queue<Guid> _oldestReplaced = [];
    private readonly Dictionary<Guid, HashSet<Guid>> _children = [];
    private readonly Queue<(Guid Parent, Guid Child)> _oldestChildren = [];
    private readonly Queue<Guid> _misplaced = [];

    /// <summary>A record becomes no memory of its own.</summary>
    /// <param name="id">The record.</param>
    /// <param name="replacement">What is to be pointed at instead, if anything.</param>
    public void Replace(Guid id, Guid? replacement)
    {
        lock (_gate)
        {
            if (_replaced.TryAdd(id, replacement)) _oldestReplaced.Enqueue(id);
            if (_oldestReplaced.Count > MostKnown) _replaced.Remove(_oldestReplaced.Dequeue());
            if (!_children.Remove(id, out var children)) return;
            // What it was folded into points past it already.
            foreach (var child in children)
                if (child != replacement) Misplaced(child);
        }
    }

    /// <summary>Whether a record is no memory of its own, as far as that is known.</summary>
    public bool IsReplaced(Guid id)
    {
        lock (_gate) return _replaced.ContainsKey(id);
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

    /// <summary>These are memories. One whose parent was replaced while it was being stored is to be moved.</summary>
    public void Stored(IEnumerable<MemoryEntry> entries)
    {
        lock (_gate)
        {
            foreach (var entry in entries)
            {
                _replaced.Remove(entry.Id);
                if (entry.ParentId is not { } parent) continue;
                if (_replaced.ContainsKey(parent)) Misplaced(entry.Id);
                else AddChild(parent, entry.Id);
            }
        }
    }

    /// <summary>Takes a stored memory that points at what is none.</summary>
    public bool TryTakeMisplaced(out Guid memory)
    {
        lock (_gate) return _misplaced.TryDequeue(out memory);
    }

    /// <summary>It could not be moved, and is to be taken again.</summary>
    public void PutBack(Guid memory)
    {
        lock (_gate) Misplaced(memory);
    }

    private void Misplaced(Guid child)
    {
        _misplaced.Enqueue(child);
        if (_misplaced.Count > MostKnown) _misplaced.Dequeue();
    }

    private void AddChild(Guid parent, Guid child)
    {
        if (!_children.TryGetValue(parent, out var children)) _children[parent] = children = [];
        if (!children.Add(child)) return;
        _oldestChildren.Enqueue((parent, child));
        if (_oldestChildren.Count <= MostKnown) return;
        var oldest = _oldestChildren.Dequeue();
        if (!_children.TryGetValue(oldest.Parent, out var known)) return;
        known.Remove(oldest.Child);
        if (known.Count == 0) _children.Remove(oldest.Parent);
    }
}
