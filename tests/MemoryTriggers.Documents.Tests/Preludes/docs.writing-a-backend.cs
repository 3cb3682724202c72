global using static Prelude;

internal static class Prelude
{
    public static HostApplicationBuilder builder => throw new NotSupportedException();
}

// The reader's own class.
public sealed class MyBackend(string path) : IMemoryBackend
{
    public string Name => path;

    public ValueTask InitializeAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask StoreAsync(IReadOnlyList<MemoryEntry> batch, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<MemoryEntry?> GetAsync(Guid id, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<MemoryEntry>> QueryAsync(MemoryQuery query, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<IReadOnlyList<MemoryHit>> SearchAsync(string text, MemoryQuery query, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<long> CountAsync(MemoryQuery query, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<bool> DeleteAsync(Guid id, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<MemoryBackendHealth> CheckHealthAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask DisposeAsync() => throw new NotSupportedException();
}
