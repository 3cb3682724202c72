namespace MemoryTriggers.AspNetCore.Tests.Monitoring;

/// <summary>A store that is away: it says so, or says nothing at all.</summary>
internal sealed class LostBackend : IMemoryBackend
{
    public bool Hangs { get; init; }

    /// <summary>Completes when somebody has asked how it is.</summary>
    public TaskCompletionSource Asked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Name => "lost";

    private MemoryBackendException Away => new(Name, "it has gone fishing", isTransient: true);

    public ValueTask InitializeAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask StoreAsync(IReadOnlyList<MemoryEntry> batch, CancellationToken cancellationToken) => throw Away;

    public ValueTask<MemoryEntry?> GetAsync(Guid id, CancellationToken cancellationToken) => throw Away;

    public ValueTask<IReadOnlyList<MemoryEntry>> QueryAsync(MemoryQuery query, CancellationToken cancellationToken) => throw Away;

    public ValueTask<IReadOnlyList<MemoryHit>> SearchAsync(string text, MemoryQuery query, CancellationToken cancellationToken) => throw Away;

    public ValueTask<long> CountAsync(MemoryQuery query, CancellationToken cancellationToken) => throw Away;

    public ValueTask<bool> DeleteAsync(Guid id, CancellationToken cancellationToken) => throw Away;

    public object? GetService(Type serviceType, object? key = null) => key is null && serviceType.IsInstanceOfType(this) ? this : null;

    public async ValueTask<MemoryBackendHealth> CheckHealthAsync(CancellationToken cancellationToken)
    {
        Asked.TrySetResult();
        // On purpose without the token: a store that heeds nothing.
        if (Hangs) await new TaskCompletionSource().Task;
        return new MemoryBackendHealth(Name, IsHealthy: false, "it has gone fishing");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
