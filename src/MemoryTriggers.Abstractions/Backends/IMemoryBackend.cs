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

    /// <summary>
    /// As <see cref="SearchAsync"/>, in short. Stores that can leave the values on disk override this; here everything is read.
    /// </summary>
#if NET
    async ValueTask<IReadOnlyList<CompactHit>> SearchCompactAsync(string text, MemoryQuery query, CancellationToken cancellationToken) =>
        [.. (await SearchAsync(text, query, cancellationToken).ConfigureAwait(false)).Select(CompactHit.Of)];
#else
    ValueTask<IReadOnlyList<CompactHit>> SearchCompactAsync(string text, MemoryQuery query, CancellationToken cancellationToken);
#endif

    /// <summary>The entries with these ids, in this order; those that are not there are left out. Here they are read one by one.</summary>
#if NET
    async ValueTask<IReadOnlyList<MemoryEntry>> GetManyAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ids);
        var entries = new List<MemoryEntry>();
        foreach (var id in ids)
            if (await GetAsync(id, cancellationToken).ConfigureAwait(false) is { } entry) entries.Add(entry);
        return entries;
    }
#else
    ValueTask<IReadOnlyList<MemoryEntry>> GetManyAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken);
#endif

    /// <summary>How many entries match; paging is ignored.</summary>
    ValueTask<long> CountAsync(MemoryQuery query, CancellationToken cancellationToken);

    /// <summary>Removes one entry.</summary>
    /// <returns><see langword="false"/> when there was none with that id.</returns>
    ValueTask<bool> DeleteAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>
    /// Changes one memory: reads it, and stores what <paramref name="change"/> makes of it, as a batch. Stores that can do both in one
    /// transaction override this; here another process may write in between, and then the later write wins.
    /// </summary>
    /// <param name="id">The memory.</param>
    /// <param name="change">Gets the memory, or <see langword="null"/> when there is none, and returns what to store; nothing leaves all as
    /// it is. It may be called again when the transaction is, and calls no backend.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="MemoryBackendException">Nothing was changed.</exception>
#if NET
    async ValueTask ChangeAsync(Guid id, Func<MemoryEntry?, IReadOnlyList<MemoryEntry>> change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        var changed = change(await GetAsync(id, cancellationToken).ConfigureAwait(false));
        if (changed.Count > 0) await StoreAsync(changed, cancellationToken).ConfigureAwait(false);
    }
#else
    ValueTask ChangeAsync(Guid id, Func<MemoryEntry?, IReadOnlyList<MemoryEntry>> change, CancellationToken cancellationToken);
#endif

    /// <summary>Removes all memories that match; paging is ignored. What is removed by the time of a failure stays removed.</summary>
    /// <returns>How many.</returns>
#if NET
    async ValueTask<long> DeleteManyAsync(MemoryQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        var page = query with { Offset = 0, Limit = MemoryQuery.MaxLimit };
        var deleted = 0L;
        while (await QueryAsync(page, cancellationToken).ConfigureAwait(false) is { Count: > 0 } entries)
        {
            var before = deleted;
            foreach (var entry in entries)
                if (await DeleteAsync(entry.Id, cancellationToken).ConfigureAwait(false)) deleted++;

            // Nothing of a whole page could be removed: another process removes them, or the store lists memories that it does not have.
            if (deleted == before) return deleted;
        }

        return deleted;
    }
#else
    ValueTask<long> DeleteManyAsync(MemoryQuery query, CancellationToken cancellationToken);
#endif

    /// <summary>Counts what matches, by category, project, outcome and day; paging is ignored. Here it reads every one of them.</summary>
#if NET
    ValueTask<MemoryStatistics> GetStatisticsAsync(MemoryQuery query, CancellationToken cancellationToken) =>
        MemoryCounter.CountAsync(this, query, cancellationToken);
#else
    ValueTask<MemoryStatistics> GetStatisticsAsync(MemoryQuery query, CancellationToken cancellationToken);
#endif

    /// <summary>Asks the store whether it works.</summary>
    ValueTask<MemoryBackendHealth> CheckHealthAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Asks for something that the store is or has besides this interface. A store around another one answers what it is itself, and
    /// forwards everything else: that is how ranking, circuit breakers and notifications are found behind it. Called at any time, also
    /// before <see cref="InitializeAsync"/>; does not wait.
    /// </summary>
    /// <param name="serviceType">What is asked for.</param>
    /// <param name="key">Which one of several; <see langword="null"/> for the only one.</param>
    /// <returns>An instance of <paramref name="serviceType"/>; <see langword="null"/> when there is none.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="serviceType"/> is <see langword="null"/>.</exception>
    object? GetService(Type serviceType, object? key = null);
}
