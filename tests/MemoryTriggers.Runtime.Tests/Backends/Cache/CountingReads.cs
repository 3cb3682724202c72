namespace MemoryTriggers.Backends;

/// <summary>A store in memory that counts what is read of it, and that can be told to stumble.</summary>
internal sealed class CountingReads : IMemoryBackend, INotifyMemoryChanges
{
    private readonly InMemoryMemoryBackend _inner = new();

    public event EventHandler<MemoriesChangedEventArgs>? MemoriesChanged;

    public int Reads { get; private set; }

    public Func<Task>? AfterRead { get; set; }

    public Action? AfterStore { get; set; }

    public bool IsListenedTo => MemoriesChanged is not null;

    public string Name => "counting";

    public ValueTask InitializeAsync(CancellationToken cancellationToken) => _inner.InitializeAsync(cancellationToken);

    public async ValueTask StoreAsync(IReadOnlyList<MemoryEntry> batch, CancellationToken cancellationToken)
    {
        await _inner.StoreAsync(batch, cancellationToken);
        AfterStore?.Invoke();
    }

    public async ValueTask<MemoryEntry?> GetAsync(Guid id, CancellationToken cancellationToken) => await ReadAsync(await _inner.GetAsync(id, cancellationToken));

    public async ValueTask<IReadOnlyList<MemoryEntry>> QueryAsync(MemoryQuery query, CancellationToken cancellationToken) =>
        await ReadAsync(await _inner.QueryAsync(query, cancellationToken));

    public async ValueTask<IReadOnlyList<MemoryHit>> SearchAsync(string text, MemoryQuery query, CancellationToken cancellationToken) =>
        await ReadAsync(await _inner.SearchAsync(text, query, cancellationToken));

    public async ValueTask<long> CountAsync(MemoryQuery query, CancellationToken cancellationToken) => await ReadAsync(await _inner.CountAsync(query, cancellationToken));

    public ValueTask<bool> DeleteAsync(Guid id, CancellationToken cancellationToken) => _inner.DeleteAsync(id, cancellationToken);

    public object? GetService(Type serviceType, object? key = null) => key is null && serviceType.IsInstanceOfType(this) ? this : _inner.GetService(serviceType, key);

    public ValueTask<MemoryBackendHealth> CheckHealthAsync(CancellationToken cancellationToken) => _inner.CheckHealthAsync(cancellationToken);

    /// <summary>Another process wrote these, or, without any, whatever.</summary>
    public void Tell(params Guid[]? ids) => MemoriesChanged?.Invoke(this, new MemoriesChangedEventArgs(ids));

    /// <summary>Stores as another process would: nobody here learns of it.</summary>
    public ValueTask StoreElsewhereAsync(MemoryEntry entry, CancellationToken cancellationToken) => _inner.StoreAsync([entry], cancellationToken);

    public ValueTask DisposeAsync() => _inner.DisposeAsync();

    private async Task<TAnswer> ReadAsync<TAnswer>(TAnswer answer)
    {
        Reads++;
        if (AfterRead is { } after) await after();
        return answer;
    }
}
