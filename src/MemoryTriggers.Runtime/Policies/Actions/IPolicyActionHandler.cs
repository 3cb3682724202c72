namespace MemoryTriggers.Policies;

/// <summary>Carries out one type of action. Thread-safe; the same call made twice does no more than once.</summary>
internal interface IPolicyActionHandler
{
    string Type { get; }

    /// <returns>The memories it made, changed or found.</returns>
    /// <exception cref="PolicyActionException">It cannot be done.</exception>
    ValueTask<IReadOnlyList<MemoryEntry>> ExecuteAsync(PolicyActionCall call, MemoryEntry entry, CancellationToken cancellationToken);
}
