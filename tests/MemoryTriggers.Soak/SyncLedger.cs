namespace MemoryTriggers.Soak;

/// <summary>The oracle's book of a journal: what must be there after a loss of power, and what may.</summary>
internal sealed class SyncLedger
{
    private readonly HashSet<int> _attempted = [];
    private readonly HashSet<int> _consumed = [];
    private readonly HashSet<int> _accepted = [];
    private HashSet<int> _owed = [];
    private long _strangers;

    public int Next { get; private set; }

    public long Attempted => _attempted.Count;

    /// <summary>How many records were said to be synced.</summary>
    public long Acknowledged { get; private set; }

    public void Note(string line)
    {
        if (line.Length < 3 || !int.TryParse(line.AsSpan(2), out var number)) return;
        switch (line[0])
        {
            case 'a':
                _attempted.Add(number);
                Next = Math.Max(Next, number + 1);
                break;
            case 'd':
                _accepted.Add(number);
                break;
            case 'c':
                if (!_attempted.Contains(number)) _strangers++;
                _consumed.Add(number);
                _owed.Remove(number);
                break;
            case 's':
                Acknowledged += _accepted.Count;
                _accepted.ExceptWith(_consumed);
                _owed.UnionWith(_accepted);
                _accepted.Clear();
                break;
        }
    }

    /// <summary>Compares with what was found, which is what is owed from now on: the start after a loss of power syncs it.</summary>
    public (long Lost, long Doubled, long Unknown) Compare(IReadOnlyList<int> found)
    {
        var distinct = found.ToHashSet();
        var lost = _owed.Count(number => !distinct.Contains(number));
        var unknown = distinct.Count(number => !_attempted.Contains(number)) + _strangers;
        _owed = distinct;
        _accepted.Clear();
        return (lost, found.Count - distinct.Count, unknown);
    }

    /// <summary>Everything that is there was read to the end and acknowledged: it is not owed any more.</summary>
    public void Forget() => _owed.Clear();
}
