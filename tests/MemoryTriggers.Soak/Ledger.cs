namespace MemoryTriggers.Soak;

/// <summary>The oracle's book: which numbers the children said they would record, and which they said were recorded.</summary>
internal sealed class Ledger
{
    private readonly HashSet<int> _attempted = [];
    private readonly HashSet<int> _acknowledged = [];

    public int Attempted => _attempted.Count;

    public int Acknowledged => _acknowledged.Count;

    public int Next { get; private set; }

    /// <summary>Notes a line of a child: <c>a 7</c> before the call, <c>d 7</c> after it returned. Other lines are not for the book.</summary>
    public void Note(string line)
    {
        if (line.Length < 3 || !int.TryParse(line.AsSpan(2), out var number)) return;
        if (line.StartsWith("a ", StringComparison.Ordinal)) _attempted.Add(number);
        else if (line.StartsWith("d ", StringComparison.Ordinal)) _acknowledged.Add(number);
        Next = Math.Max(Next, number + 1);
    }

    /// <summary>Compares the book with what was found: each acknowledged number once, each attempted one at most once, no other.</summary>
    public FaultRow Compare(string fault, int injected, IReadOnlyList<int> found, IEnumerable<string> problems)
    {
        var distinct = found.ToHashSet();
        var unknown = distinct.Count(number => !_attempted.Contains(number));
        return new FaultRow(fault, injected, Attempted, Acknowledged, _acknowledged.Count(number => !distinct.Contains(number)), found.Count - distinct.Count)
        {
            Problems = unknown == 0 ? [.. problems] : [.. problems, $"{unknown} records were never attempted"],
        };
    }
}
