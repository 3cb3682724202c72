using System.Collections.Concurrent;

namespace MemoryTriggers.Backends.Chain;

/// <summary>
/// How many memories go back at a time, and which wait: half as many after a failure, down to one, which then lets the others pass. Used by
/// one caller at a time; the count may be read by any.
/// </summary>
internal sealed class ReturnParts
{
    private readonly int _most;
    private readonly HashSet<Guid> _failed = [];
    private readonly ConcurrentDictionary<Guid, bool> _refused = [];

    /// <param name="most">How many at most.</param>
    public ReturnParts(int most) => Size = _most = most;

    /// <summary>How many are tried at a time.</summary>
    public int Size { get; private set; }

    /// <summary>How many the store has refused for good.</summary>
    public int Refused => _refused.Count;

    public bool IsWanted(Guid id) => !_refused.ContainsKey(id) && !_failed.Contains(id);

    public void Stored() => Size = Math.Min(_most, Size * 2);

    public void Refuse(Guid id) => _refused[id] = true;

    public void Failed(IReadOnlyList<MemoryEntry> part)
    {
        Size = Math.Max(1, part.Count / 2);
        if (part.Count == 1) _failed.Add(part[0].Id);
    }

    /// <summary>Those that failed are tried again.</summary>
    public void Again() => _failed.Clear();
}
