namespace MemoryTriggers.Operations;

/// <summary>A store that works while a folder is there.</summary>
internal sealed class FolderBackend(IMemoryBackend inner, string folder) : IMemoryBackend
{
    public string Name => inner.Name;

    public ValueTask InitializeAsync(CancellationToken cancellationToken) => inner.InitializeAsync(cancellationToken);

    public ValueTask StoreAsync(IReadOnlyList<MemoryEntry> batch, CancellationToken cancellationToken) => inner.StoreAsync(batch, cancellationToken);

    public ValueTask<MemoryEntry?> GetAsync(Guid id, CancellationToken cancellationToken) => inner.GetAsync(id, cancellationToken);

    public ValueTask<IReadOnlyList<MemoryEntry>> QueryAsync(MemoryQuery query, CancellationToken cancellationToken) => inner.QueryAsync(query, cancellationToken);

    public ValueTask<IReadOnlyList<MemoryHit>> SearchAsync(string text, MemoryQuery query, CancellationToken cancellationToken) => inner.SearchAsync(text, query, cancellationToken);

    public ValueTask<long> CountAsync(MemoryQuery query, CancellationToken cancellationToken) => inner.CountAsync(query, cancellationToken);

    public ValueTask<bool> DeleteAsync(Guid id, CancellationToken cancellationToken) => inner.DeleteAsync(id, cancellationToken);

    public object? GetService(Type serviceType, object? key = null) => key is null && serviceType.IsInstanceOfType(this) ? this : null;

    public ValueTask<MemoryBackendHealth> CheckHealthAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult(new MemoryBackendHealth(Name, Directory.Exists(folder), "folder"));

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
