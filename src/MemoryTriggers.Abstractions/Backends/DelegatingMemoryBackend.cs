namespace MemoryTriggers;

/// <summary>
/// A store around another one: every member forwards to it. Derive from this class and override what is to be different; what the inner
/// store has besides, such as ranking or circuit breakers, stays in reach by <see cref="GetService"/>. As safe for concurrent use as the
/// inner store.
/// </summary>
public class DelegatingMemoryBackend : IMemoryBackend
{
    /// <summary>Wraps a store.</summary>
    /// <param name="inner">The store that the calls go to. It is disposed of with this one.</param>
    /// <exception cref="ArgumentNullException"><paramref name="inner"/> is <see langword="null"/>.</exception>
    protected DelegatingMemoryBackend(IMemoryBackend inner)
    {
        ArgumentNullException.ThrowIfNull(inner);
        Inner = inner;
    }

    /// <inheritdoc/>
    public virtual string Name => Inner.Name;

    /// <summary>The store that the calls go to.</summary>
    protected IMemoryBackend Inner { get; }

    /// <inheritdoc/>
    public virtual ValueTask InitializeAsync(CancellationToken cancellationToken) => Inner.InitializeAsync(cancellationToken);

    /// <inheritdoc/>
    public virtual ValueTask StoreAsync(IReadOnlyList<MemoryEntry> batch, CancellationToken cancellationToken) =>
        Inner.StoreAsync(batch, cancellationToken);

    /// <inheritdoc/>
    public virtual ValueTask<MemoryEntry?> GetAsync(Guid id, CancellationToken cancellationToken) => Inner.GetAsync(id, cancellationToken);

    /// <inheritdoc/>
    public virtual ValueTask<IReadOnlyList<MemoryEntry>> GetManyAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken) =>
        Inner.GetManyAsync(ids, cancellationToken);

    /// <inheritdoc/>
    public virtual ValueTask<IReadOnlyList<MemoryEntry>> QueryAsync(MemoryQuery query, CancellationToken cancellationToken) =>
        Inner.QueryAsync(query, cancellationToken);

    /// <inheritdoc/>
    public virtual ValueTask<IReadOnlyList<MemoryHit>> SearchAsync(string text, MemoryQuery query, CancellationToken cancellationToken) =>
        Inner.SearchAsync(text, query, cancellationToken);

    /// <inheritdoc/>
    public virtual ValueTask<IReadOnlyList<CompactHit>> SearchCompactAsync(
        string text, MemoryQuery query, CancellationToken cancellationToken) =>
        Inner.SearchCompactAsync(text, query, cancellationToken);

    /// <inheritdoc/>
    public virtual ValueTask<long> CountAsync(MemoryQuery query, CancellationToken cancellationToken) =>
        Inner.CountAsync(query, cancellationToken);

    /// <inheritdoc/>
    public virtual ValueTask<MemoryStatistics> GetStatisticsAsync(MemoryQuery query, CancellationToken cancellationToken) =>
        Inner.GetStatisticsAsync(query, cancellationToken);

    /// <inheritdoc/>
    public virtual ValueTask<bool> DeleteAsync(Guid id, CancellationToken cancellationToken) => Inner.DeleteAsync(id, cancellationToken);

    /// <inheritdoc/>
    public virtual ValueTask<long> DeleteManyAsync(MemoryQuery query, CancellationToken cancellationToken) =>
        Inner.DeleteManyAsync(query, cancellationToken);

    /// <inheritdoc/>
    public virtual ValueTask ChangeAsync(
        Guid id, Func<MemoryEntry?, IReadOnlyList<MemoryEntry>> change, CancellationToken cancellationToken) =>
        Inner.ChangeAsync(id, change, cancellationToken);

    /// <inheritdoc/>
    public virtual ValueTask<MemoryBackendHealth> CheckHealthAsync(CancellationToken cancellationToken) =>
        Inner.CheckHealthAsync(cancellationToken);

    /// <summary>This store when it is one, otherwise what the inner store answers.</summary>
    /// <inheritdoc/>
    public virtual object? GetService(Type serviceType, object? key = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return key is null && serviceType.IsInstanceOfType(this) ? this : Inner.GetService(serviceType, key);
    }

    /// <summary>Disposes of the inner store.</summary>
    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return Inner.DisposeAsync();
    }
}
