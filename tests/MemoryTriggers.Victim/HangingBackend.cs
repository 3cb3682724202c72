namespace MemoryTriggers.Victim;

/// <summary>A store that never answers.</summary>
internal sealed class HangingBackend : IMemoryBackend
{
    public string Name => "hanging";

    public ValueTask InitializeAsync(CancellationToken cancellationToken) => default;

    public ValueTask StoreAsync(IReadOnlyList<MemoryEntry> batch, CancellationToken cancellationToken) => Hang(cancellationToken);

    public async ValueTask<MemoryEntry?> GetAsync(Guid id, CancellationToken cancellationToken)
    {
        await Hang(cancellationToken);
        return null;
    }

    public async ValueTask<IReadOnlyList<MemoryEntry>> QueryAsync(MemoryQuery query, CancellationToken cancellationToken)
    {
        await Hang(cancellationToken);
        return [];
    }

    public async ValueTask<IReadOnlyList<MemoryHit>> SearchAsync(string text, MemoryQuery query, CancellationToken cancellationToken)
    {
        await Hang(cancellationToken);
        return [];
    }

    public async ValueTask<long> CountAsync(MemoryQuery query, CancellationToken cancellationToken)
    {
        await Hang(cancellationToken);
        return 0;
    }

    public async ValueTask<bool> DeleteAsync(Guid id, CancellationToken cancellationToken)
    {
        await Hang(cancellationToken);
        return false;
    }

    public object? GetService(Type serviceType, object? key = null) => key is null && serviceType.IsInstanceOfType(this) ? this : null;

    public ValueTask<MemoryBackendHealth> CheckHealthAsync(CancellationToken cancellationToken) => new(new MemoryBackendHealth(Name, false, "hangs"));

    public ValueTask DisposeAsync() => default;

    private static async ValueTask Hang(CancellationToken cancellationToken) => await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
}
