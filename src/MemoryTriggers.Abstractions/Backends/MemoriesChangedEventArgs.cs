namespace MemoryTriggers;

/// <summary>The memories that another process wrote.</summary>
/// <param name="ids">The memories; <see langword="null"/> when it is not known which.</param>
public sealed class MemoriesChangedEventArgs(IReadOnlyList<Guid>? ids) : EventArgs
{
    /// <summary>The memories that were stored or deleted; <see langword="null"/> when any may have been.</summary>
    public IReadOnlyList<Guid>? Ids { get; } = ids;
}
