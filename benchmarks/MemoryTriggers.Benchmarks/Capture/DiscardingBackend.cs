namespace MemoryTriggers.Benchmarks.Capture;

/// <summary>A store that takes everything and keeps nothing: the benchmark measures capture and journal, not a database.</summary>
internal sealed class DiscardingBackend : IMemoryBackend
{
    public long Count { get; private set; }

    public string Name => "discarding";

    public ValueTask InitializeAsync(CancellationToken cancellationToken) => default;

    public ValueTask StoreAsync(IReadOnlyList<MemoryEntry> batch, CancellationToken cancellationToken)
    {
        Count += batch.Count;
        return default;
    }

    public ValueTask<MemoryEntry?> GetAsync(Guid id, CancellationToken cancellationToken) => default;

    public ValueTask<IReadOnlyList<MemoryEntry>> QueryAsync(MemoryQuery query, CancellationToken cancellationToken) => new([]);

    public ValueTask<IReadOnlyList<MemoryHit>> SearchAsync(string text, MemoryQuery query, CancellationToken cancellationToken) => new([]);

    public ValueTask<long> CountAsync(MemoryQuery query, CancellationToken cancellationToken) => new(Count);

    public ValueTask<bool> DeleteAsync(Guid id, CancellationToken cancellationToken) => default;

    public ValueTask<MemoryBackendHealth> CheckHealthAsync(CancellationToken cancellationToken) => new(new MemoryBackendHealth(Name, true, "discards"));

    public ValueTask DisposeAsync() => default;
}
