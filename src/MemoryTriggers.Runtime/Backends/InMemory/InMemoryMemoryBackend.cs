using MemoryTriggers.Backends.InMemory;
using MemoryTriggers.Ranking;

namespace MemoryTriggers;

/// <summary>
/// Keeps memories in this process only: for tests, and for programs that want none kept. Safe for concurrent use.
/// Answers as the SQLite backend does; every query scans all memories.
/// </summary>
public sealed class InMemoryMemoryBackend : IMemoryBackend, IRankedStore
{
    private readonly EntryTable _table = new();
    private MemoryRanking _ranking;

    /// <summary>Makes an empty store with the clock of the system.</summary>
    public InMemoryMemoryBackend() : this(TimeProvider.System)
    {
    }

    /// <summary>Makes an empty store.</summary>
    /// <param name="timeProvider">The clock by which a search ranks what is recent.</param>
    /// <exception cref="ArgumentNullException"><paramref name="timeProvider"/> is <see langword="null"/>.</exception>
    public InMemoryMemoryBackend(TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(timeProvider);
        _ranking = MemoryRanking.By(timeProvider);
    }

    /// <inheritdoc/>
    public string Name => "memory";

    /// <inheritdoc/>
    public ValueTask InitializeAsync(CancellationToken cancellationToken) => default;

    /// <inheritdoc/>
    public ValueTask StoreAsync(IReadOnlyList<MemoryEntry> batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        cancellationToken.ThrowIfCancellationRequested();
        _table.Store(batch);
        return default;
    }

    /// <inheritdoc/>
    public ValueTask<MemoryEntry?> GetAsync(Guid id, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new(_table.Get(id));
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<MemoryEntry>> QueryAsync(MemoryQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        cancellationToken.ThrowIfCancellationRequested();
        return new(_table.Query(query));
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<MemoryHit>> SearchAsync(string text, MemoryQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(query);
        cancellationToken.ThrowIfCancellationRequested();
        return new(_table.Search(text, query, _ranking));
    }

    /// <inheritdoc/>
    public ValueTask<long> CountAsync(MemoryQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        cancellationToken.ThrowIfCancellationRequested();
        return new(_table.CountMatching(query));
    }

    /// <inheritdoc/>
    public ValueTask<bool> DeleteAsync(Guid id, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new(_table.Delete(id));
    }

    /// <inheritdoc/>
    public ValueTask ChangeAsync(Guid id, Func<MemoryEntry?, IReadOnlyList<MemoryEntry>> change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        cancellationToken.ThrowIfCancellationRequested();
        _table.Change(id, change);
        return default;
    }

    /// <inheritdoc/>
    public ValueTask<long> DeleteManyAsync(MemoryQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        cancellationToken.ThrowIfCancellationRequested();
        return new(_table.DeleteMany(query));
    }

    /// <inheritdoc/>
    public ValueTask<MemoryStatistics> GetStatisticsAsync(MemoryQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        cancellationToken.ThrowIfCancellationRequested();
        return new(_table.Statistics(query));
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? key = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return key is null && serviceType.IsInstanceOfType(this) ? this : null;
    }

    /// <inheritdoc/>
    public ValueTask<MemoryBackendHealth> CheckHealthAsync(CancellationToken cancellationToken) =>
        new(new MemoryBackendHealth(Name, true, $"{_table.Count} memories in this process; nothing is kept"));

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _table.Dispose();
        return default;
    }

    void IRankedStore.RankBy(MemoryRanking ranking) => _ranking = ranking;
}
