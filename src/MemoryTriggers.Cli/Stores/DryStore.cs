using MemoryTriggers.Backends;

namespace MemoryTriggers.Cli.Stores;

/// <summary>A store that is read and not written.</summary>
internal sealed class DryStore(IMemoryBackend inner) : ForwardingBackend(inner)
{
    public override ValueTask StoreAsync(IReadOnlyList<MemoryEntry> batch, CancellationToken cancellationToken) => default;

    public override async ValueTask ChangeAsync(Guid id, Func<MemoryEntry?, IReadOnlyList<MemoryEntry>> change, CancellationToken cancellationToken) =>
        change(await Inner.GetAsync(id, cancellationToken));

    public override ValueTask<bool> DeleteAsync(Guid id, CancellationToken cancellationToken) => new(false);

    public override ValueTask<long> DeleteManyAsync(MemoryQuery query, CancellationToken cancellationToken) => new(0);
}
