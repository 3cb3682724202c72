namespace MemoryTriggers.Backends;

/// <summary>Passes everything on to another backend. Who derives from it changes some of that.</summary>
internal abstract class ForwardingBackend(IMemoryBackend inner) : IMemoryBackend, INotifyMemoryChanges
{
    public event EventHandler<MemoriesChangedEventArgs>? MemoriesChanged
    {
        add
        {
            if (inner is INotifyMemoryChanges notifying) notifying.MemoriesChanged += value;
        }

        remove
        {
            if (inner is INotifyMemoryChanges notifying) notifying.MemoriesChanged -= value;
        }
    }

    public string Name => inner.Name;

    protected IMemoryBackend Inner => inner;

    public virtual ValueTask InitializeAsync(CancellationToken cancellationToken) => inner.InitializeAsync(cancellationToken);

    public virtual ValueTask StoreAsync(IReadOnlyList<MemoryEntry> batch, CancellationToken cancellationToken) => inner.StoreAsync(batch, cancellationToken);

    public virtual ValueTask<MemoryEntry?> GetAsync(Guid id, CancellationToken cancellationToken) => inner.GetAsync(id, cancellationToken);

    public virtual ValueTask<IReadOnlyList<MemoryEntry>> QueryAsync(MemoryQuery query, CancellationToken cancellationToken) => inner.QueryAsync(query, cancellationToken);

    public virtual ValueTask<IReadOnlyList<MemoryHit>> SearchAsync(string text, MemoryQuery query, CancellationToken cancellationToken) =>
        inner.SearchAsync(text, query, cancellationToken);

    public virtual ValueTask<IReadOnlyList<CompactHit>> SearchCompactAsync(string text, MemoryQuery query, CancellationToken cancellationToken) =>
        inner.SearchCompactAsync(text, query, cancellationToken);

    public virtual ValueTask<IReadOnlyList<MemoryEntry>> GetManyAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken) =>
        inner.GetManyAsync(ids, cancellationToken);

    public virtual ValueTask<long> CountAsync(MemoryQuery query, CancellationToken cancellationToken) => inner.CountAsync(query, cancellationToken);

    public virtual ValueTask<bool> DeleteAsync(Guid id, CancellationToken cancellationToken) => inner.DeleteAsync(id, cancellationToken);

    public virtual ValueTask ChangeAsync(Guid id, Func<MemoryEntry?, IReadOnlyList<MemoryEntry>> change, CancellationToken cancellationToken) =>
        inner.ChangeAsync(id, change, cancellationToken);

    public virtual ValueTask<long> DeleteManyAsync(MemoryQuery query, CancellationToken cancellationToken) => inner.DeleteManyAsync(query, cancellationToken);

    public virtual ValueTask<MemoryStatistics> GetStatisticsAsync(MemoryQuery query, CancellationToken cancellationToken) =>
        inner.GetStatisticsAsync(query, cancellationToken);

    public virtual ValueTask<MemoryBackendHealth> CheckHealthAsync(CancellationToken cancellationToken) => inner.CheckHealthAsync(cancellationToken);

    public virtual ValueTask DisposeAsync() => inner.DisposeAsync();
}
