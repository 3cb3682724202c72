namespace MemoryTriggers.Errors;

/// <summary>An execution, as far as resolutions depend on it.</summary>
/// <param name="Id">Its memory.</param>
/// <param name="Operation">What ran.</param>
/// <param name="Input">With what.</param>
/// <param name="Begin">Its begin.</param>
/// <param name="End">Its end.</param>
internal sealed record Execution(Guid Id, OperationIdentity Operation, OperationInput Input, DateTimeOffset Begin, DateTimeOffset End)
{
    // The end is read from the clock of the system, the duration is measured: a repetition at once may seem to begin too early.
    public static readonly TimeSpan Clocks = TimeSpan.FromMilliseconds(1);

    public static Execution Of(MemoryEntry entry)
    {
        var operation = OperationIdentity.Of(entry);
        return new Execution(entry.Id, operation, OperationInput.Of(entry, operation), entry.StartedAt, entry.CreatedAt);
    }

    /// <summary>Whether it began after the other ended.</summary>
    public bool IsAfter(Execution other) => Begin + Clocks >= other.End && End > other.End;

    /// <summary>The order of successes; the id decides among those of one moment.</summary>
    public bool IsBefore(Execution other) => Begin != other.Begin ? Begin < other.Begin : Id.CompareTo(other.Id) < 0;
}
