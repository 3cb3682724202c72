namespace MemoryTriggers.Soak;

/// <summary>What came of one kind of fault: a line of the table at the end.</summary>
internal sealed record FaultRow(string Fault, int Injected, long Attempted, long Acknowledged, long Lost, long Doubled)
{
    /// <summary>Everything else that must not be: a start that failed, books that do not balance, a record from nowhere.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];

    public bool Passed => Lost == 0 && Doubled == 0 && Problems.Count == 0;
}
