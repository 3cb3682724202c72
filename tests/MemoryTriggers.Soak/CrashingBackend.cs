namespace MemoryTriggers.Soak;

/// <summary>The real store, with a crash point before and after each commit.</summary>
internal sealed class CrashingBackend(IMemoryBackend inner, CrashPoint crash) : IMemoryBackend
{
    public string Name => inner.Name;

    public ValueTask InitializeAsync(CancellationToken cancellationToken) => inner.InitializeAsync(cancellationToken);

    public async ValueTask StoreAsync(IReadOnlyList<MemoryEntry> batch, CancellationToken cancellationToken)
    {
        crash.Hit("store.commit.before");
        await inner.StoreAsync(batch, cancellationToken);
        crash.Hit("store.commit.after");
    }

    public ValueTask<MemoryEntry?> GetAsync(Guid id, CancellationToken cancellationToken) => inner.GetAsync(id, cancellationToken);

    public ValueTask<IReadOnlyList<MemoryEntry>> QueryAsync(MemoryQuery query, CancellationToken cancellationToken) =>
        inner.QueryAsync(query, cancellationToken);

    public ValueTask<IReadOnlyList<MemoryHit>> SearchAsync(string text, MemoryQuery query, CancellationToken cancellationToken) =>
        inner.SearchAsync(text, query, cancellationToken);

    public ValueTask<long> CountAsync(MemoryQuery query, CancellationToken cancellationToken) => inner.CountAsync(query, cancellationToken);

    public ValueTask<bool> DeleteAsync(Guid id, CancellationToken cancellationToken) => inner.DeleteAsync(id, cancellationToken);

    public object? GetService(Type serviceType, object? key = null) => inner.GetService(serviceType, key);

    public ValueTask<MemoryBackendHealth> CheckHealthAsync(CancellationToken cancellationToken) => inner.CheckHealthAsync(cancellationToken);

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
