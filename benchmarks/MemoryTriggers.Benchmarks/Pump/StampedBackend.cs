using System.Diagnostics;

namespace MemoryTriggers.Benchmarks.Pump;

/// <summary>A store that notes how long ago each memory was captured when it has stored it.</summary>
internal sealed class StampedBackend(IMemoryBackend inner, long[] captured) : IMemoryBackend
{
    private readonly Lock _gate = new();
    private readonly List<double> _milliseconds = [];

    /// <summary>From the call to the commit.</summary>
    public List<double> Latencies
    {
        get
        {
            lock (_gate) return [.. _milliseconds];
        }
    }

    public string Name => inner.Name;

    public ValueTask InitializeAsync(CancellationToken cancellationToken) => inner.InitializeAsync(cancellationToken);

    public async ValueTask StoreAsync(IReadOnlyList<MemoryEntry> batch, CancellationToken cancellationToken)
    {
        await inner.StoreAsync(batch, cancellationToken);
        var now = Stopwatch.GetTimestamp();
        lock (_gate)
        {
            foreach (var entry in batch)
                _milliseconds.Add(Stopwatch.GetElapsedTime(captured[entry.Value.GetProperty("metadata").GetProperty("number").GetInt32()], now).TotalMilliseconds);
        }
    }

    public ValueTask<MemoryEntry?> GetAsync(Guid id, CancellationToken cancellationToken) => inner.GetAsync(id, cancellationToken);

    public ValueTask<IReadOnlyList<MemoryEntry>> QueryAsync(MemoryQuery query, CancellationToken cancellationToken) => inner.QueryAsync(query, cancellationToken);

    public ValueTask<IReadOnlyList<MemoryHit>> SearchAsync(string text, MemoryQuery query, CancellationToken cancellationToken) =>
        inner.SearchAsync(text, query, cancellationToken);

    public ValueTask<long> CountAsync(MemoryQuery query, CancellationToken cancellationToken) => inner.CountAsync(query, cancellationToken);

    public ValueTask<bool> DeleteAsync(Guid id, CancellationToken cancellationToken) => inner.DeleteAsync(id, cancellationToken);

    public object? GetService(Type serviceType, object? key = null) => inner.GetService(serviceType, key);

    public ValueTask<MemoryBackendHealth> CheckHealthAsync(CancellationToken cancellationToken) => inner.CheckHealthAsync(cancellationToken);

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
