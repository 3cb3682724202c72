namespace MemoryTriggers.Benchmarks.Backends;

/// <summary>A store that counts what it is asked: each call takes a connection and goes to the server and back. Thread-safe.</summary>
internal sealed class CountingBackend(IMemoryBackend inner) : IMemoryBackend
{
    private int _writes;
    private int _reads;

    public int Writes => Volatile.Read(ref _writes);

    public int Reads => Volatile.Read(ref _reads);

    public string Name => inner.Name;

    public ValueTask InitializeAsync(CancellationToken cancellationToken) => inner.InitializeAsync(cancellationToken);

    public ValueTask StoreAsync(IReadOnlyList<MemoryEntry> batch, CancellationToken cancellationToken) => inner.StoreAsync(batch, Write(cancellationToken));

    public ValueTask<bool> DeleteAsync(Guid id, CancellationToken cancellationToken) => inner.DeleteAsync(id, Write(cancellationToken));

    public ValueTask ChangeAsync(Guid id, Func<MemoryEntry?, IReadOnlyList<MemoryEntry>> change, CancellationToken cancellationToken) =>
        inner.ChangeAsync(id, change, Write(cancellationToken));

    public ValueTask<long> DeleteManyAsync(MemoryQuery query, CancellationToken cancellationToken) => inner.DeleteManyAsync(query, Write(cancellationToken));

    public ValueTask<MemoryStatistics> GetStatisticsAsync(MemoryQuery query, CancellationToken cancellationToken) => inner.GetStatisticsAsync(query, Read(cancellationToken));

    public ValueTask<MemoryEntry?> GetAsync(Guid id, CancellationToken cancellationToken) => inner.GetAsync(id, Read(cancellationToken));

    public ValueTask<IReadOnlyList<MemoryEntry>> QueryAsync(MemoryQuery query, CancellationToken cancellationToken) => inner.QueryAsync(query, Read(cancellationToken));

    public ValueTask<IReadOnlyList<MemoryHit>> SearchAsync(string text, MemoryQuery query, CancellationToken cancellationToken) =>
        inner.SearchAsync(text, query, Read(cancellationToken));

    public ValueTask<long> CountAsync(MemoryQuery query, CancellationToken cancellationToken) => inner.CountAsync(query, Read(cancellationToken));

    public object? GetService(Type serviceType, object? key = null) => inner.GetService(serviceType, key);

    public ValueTask<MemoryBackendHealth> CheckHealthAsync(CancellationToken cancellationToken) => inner.CheckHealthAsync(cancellationToken);

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    private CancellationToken Write(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _writes);
        return cancellationToken;
    }

    private CancellationToken Read(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _reads);
        return cancellationToken;
    }
}
