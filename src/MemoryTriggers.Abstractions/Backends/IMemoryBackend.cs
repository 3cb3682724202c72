namespace MemoryTriggers;

/// <summary>
/// A store of memories. Implementations are safe for concurrent use, and idempotent by <see cref="MemoryEntry.Id"/>:
/// storing an entry again replaces it and never makes a second one.
/// </summary>
/// <remarks>
/// Failures are exceptions (an outage is never an empty answer). The caller decides by
/// <see cref="MemoryBackendException.IsTransient"/> whether to try again.
/// </remarks>
public interface IMemoryBackend : IAsyncDisposable
{
    /// <summary>A short name for logs and health, such as <c>sqlite</c>.</summary>
    string Name { get; }

    /// <summary>Opens the store and brings its schema up to date. Called once, before anything else.</summary>
    /// <exception cref="MemoryBackendException">The store cannot be opened.</exception>
    ValueTask InitializeAsync(CancellationToken cancellationToken);

    /// <summary>Stores a batch in one transaction: all of it or nothing. Returns when it is durable.</summary>
    /// <exception cref="MemoryBackendException">Nothing was stored.</exception>
    ValueTask StoreAsync(IReadOnlyList<MemoryEntry> batch, CancellationToken cancellationToken);

    /// <summary>The entry with that id, or <see langword="null"/>.</summary>
    ValueTask<MemoryEntry?> GetAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>The entries that match, newest first.</summary>
    ValueTask<IReadOnlyList<MemoryEntry>> QueryAsync(MemoryQuery query, CancellationToken cancellationToken);

    /// <summary>
    /// The entries that match <paramref name="query"/> and have words of <paramref name="text"/>, best first.
    /// Any text is a valid question: nothing in it is syntax.
    /// </summary>
    ValueTask<IReadOnlyList<MemoryHit>> SearchAsync(string text, MemoryQuery query, CancellationToken cancellationToken);

    /// <summary>How many entries match; paging is ignored.</summary>
    ValueTask<long> CountAsync(MemoryQuery query, CancellationToken cancellationToken);

    /// <summary>Removes one entry.</summary>
    /// <returns><see langword="false"/> when there was none with that id.</returns>
    ValueTask<bool> DeleteAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Asks the store whether it works.</summary>
    ValueTask<MemoryBackendHealth> CheckHealthAsync(CancellationToken cancellationToken);
}
