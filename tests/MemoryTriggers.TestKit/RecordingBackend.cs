using System.Collections.Concurrent;

namespace MemoryTriggers.TestKit;

/// <summary>A store in memory that can be told to fail, refuse, or hang, and that notes every attempt.</summary>
internal sealed class RecordingBackend : IMemoryBackend
{
    private readonly InMemoryMemoryBackend _inner = new();
    private readonly ConcurrentQueue<IReadOnlyList<MemoryEntry>> _attempts = [];

    /// <summary>Runs before each attempt to store; may throw or wait.</summary>
    public Func<IReadOnlyList<MemoryEntry>, CancellationToken, Task>? BeforeStore { get; set; }

    public IReadOnlyList<IReadOnlyList<MemoryEntry>> Attempts => [.. _attempts];

    public string Name => "recording";

    public ValueTask InitializeAsync(CancellationToken cancellationToken) => _inner.InitializeAsync(cancellationToken);

    public async ValueTask StoreAsync(IReadOnlyList<MemoryEntry> batch, CancellationToken cancellationToken)
    {
        _attempts.Enqueue(batch);
        if (BeforeStore is { } before) await before(batch, cancellationToken);
        await _inner.StoreAsync(batch, cancellationToken);
    }

    public ValueTask<MemoryEntry?> GetAsync(Guid id, CancellationToken cancellationToken) => _inner.GetAsync(id, cancellationToken);

    public ValueTask<IReadOnlyList<MemoryEntry>> QueryAsync(MemoryQuery query, CancellationToken cancellationToken) =>
        _inner.QueryAsync(query, cancellationToken);

    public ValueTask<IReadOnlyList<MemoryHit>> SearchAsync(string text, MemoryQuery query, CancellationToken cancellationToken) =>
        _inner.SearchAsync(text, query, cancellationToken);

    public ValueTask<long> CountAsync(MemoryQuery query, CancellationToken cancellationToken) => _inner.CountAsync(query, cancellationToken);

    public ValueTask<bool> DeleteAsync(Guid id, CancellationToken cancellationToken) => _inner.DeleteAsync(id, cancellationToken);

    public object? GetService(Type serviceType, object? key = null) => key is null && serviceType.IsInstanceOfType(this) ? this : null;

    public ValueTask<MemoryBackendHealth> CheckHealthAsync(CancellationToken cancellationToken) => _inner.CheckHealthAsync(cancellationToken);

    public ValueTask DisposeAsync() => _inner.DisposeAsync();
}
