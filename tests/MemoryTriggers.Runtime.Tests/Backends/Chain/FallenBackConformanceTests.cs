using MemoryTriggers.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace MemoryTriggers.Runtime.Tests.Backends.Chain;

/// <summary>Also one whose first store takes nothing: everything is below, and is found there.</summary>
public sealed class FallenBackConformanceTests : RankedSearchConformance
{
    protected override IMemoryBackend Create() => new BackendChain(
        [new ReadOnlyBackend(), new InMemoryMemoryBackend()], new BackendChainOptions(), NullLogger.Instance, new ManualTimeProvider());

    private sealed class ReadOnlyBackend : IMemoryBackend
    {
        private readonly UnsteadyBackend _inner = new("readonly");

        public string Name => _inner.Name;

        public ValueTask InitializeAsync(CancellationToken cancellationToken) => _inner.InitializeAsync(cancellationToken);

        public ValueTask StoreAsync(IReadOnlyList<MemoryEntry> batch, CancellationToken cancellationToken) =>
            throw new MemoryBackendException(Name, "read-only", isTransient: true);

        public ValueTask<MemoryEntry?> GetAsync(Guid id, CancellationToken cancellationToken) => _inner.GetAsync(id, cancellationToken);

        public ValueTask<IReadOnlyList<MemoryEntry>> QueryAsync(MemoryQuery query, CancellationToken cancellationToken) => _inner.QueryAsync(query, cancellationToken);

        public ValueTask<IReadOnlyList<MemoryHit>> SearchAsync(string text, MemoryQuery query, CancellationToken cancellationToken) =>
            _inner.SearchAsync(text, query, cancellationToken);

        public ValueTask<long> CountAsync(MemoryQuery query, CancellationToken cancellationToken) => _inner.CountAsync(query, cancellationToken);

        public ValueTask<bool> DeleteAsync(Guid id, CancellationToken cancellationToken) => _inner.DeleteAsync(id, cancellationToken);

        public object? GetService(Type serviceType, object? key = null) => key is null && serviceType.IsInstanceOfType(this) ? this : null;

        public ValueTask<MemoryBackendHealth> CheckHealthAsync(CancellationToken cancellationToken) => _inner.CheckHealthAsync(cancellationToken);

        public ValueTask DisposeAsync() => default;
    }
}
